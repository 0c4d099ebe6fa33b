package io.github.posteriorj.library;

import io.github.posteriorj.prior.PriorConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that is known of a prior, in texts for people.
 *
 * @param name what it is called
 * @param purpose what it is good for
 * @param licence under which it may be used
 * @param details where it lies, its network and constants, credits, metrics and training as far as
 *     its card tells, and its README
 */
public record PriorDescription(String name, String purpose, String licence, String details) {

  private static final String README = "README.md";
  private static final double MEBIBYTE = 1 << 20;

  /**
   * Describes a prior.
   *
   * @throws IOException if its files cannot be read
   */
  public static PriorDescription of(InstalledPrior prior) throws IOException {
    CardDocument document = CardDocument.read(prior.folder());
    return new PriorDescription(
        prior.card().name(),
        text(document, "description", "Its card does not say."),
        text(document, "license", "none is given"),
        details(prior, document));
  }

  private static String text(CardDocument document, String key, String otherwise) {
    return document
        .at(key)
        .map(value -> String.valueOf(value).strip().replaceAll("\\s+", " "))
        .orElse(otherwise);
  }

  private static String details(InstalledPrior prior, CardDocument document) throws IOException {
    PriorCard card = prior.card();
    PriorConstants constants = card.constants();
    Path network = card.network().path();
    StringBuilder text = new StringBuilder();
    line(text, "Folder", prior.folder().toAbsolutePath().normalize());
    line(text, "Network", network.getFileName() + size(network));
    line(text, "SHA-256", card.network().sha256());
    line(text, "Hash of the file", hashState(prior));
    line(
        text,
        "Images",
        "%d channel(s), from %d x %d pixels, on a canvas of multiples of %d, values from %s to %s"
            .formatted(
                constants.channels(),
                constants.minimumSize(),
                constants.minimumSize(),
                constants.sizeMultiple(),
                constants.low(),
                constants.high()));
    line(text, "Noise levels", constants.sigmaMin() + " to " + constants.sigmaMax());
    constants
        .reach()
        .ifPresent(
            reach ->
                line(
                    text,
                    "Reach",
                    "a pixel depends on noise up to %d pixels away".formatted(reach)));
    for (String key : List.of("authors", "cite")) {
      document.at(key).ifPresent(value -> part(text, key, value));
    }
    rest(document).forEach((key, value) -> part(text, key, value));
    Path readme = prior.folder().resolve(README);
    if (Files.isRegularFile(readme)) {
      text.append('\n').append(Files.readString(readme));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  private static void part(StringBuilder text, String key, Object value) {
    String name = key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1).replace('_', ' ');
    if (value instanceof Map || value instanceof List) {
      text.append(name).append(":\n").append(CardDocument.yaml(value).indent(2));
    } else {
      line(text, name, inLines(String.valueOf(value).strip()));
    }
  }

  private static String inLines(String value) {
    return value.replaceAll("(.{80,100}?) ", "$1\n  ");
  }

  /** What the card tells for this program beyond the constants: metrics, training, parent. */
  private static Map<String, Object> rest(CardDocument document) {
    CardDocument left = document;
    for (String constant :
        List.of(
            "sha256",
            "sigma_min",
            "sigma_max",
            "value_range",
            "size_multiple",
            "minimum_size",
            "channels",
            "gradient_bytes_per_pixel",
            "reach")) {
      left = left.with(null, "config", "posteriorj", constant);
    }
    Map<String, Object> rest = new LinkedHashMap<>();
    if (left.at("config", "posteriorj").orElseThrow() instanceof Map<?, ?> block) {
      block.forEach((key, value) -> rest.put(String.valueOf(key), value));
    }
    return rest;
  }

  private static String size(Path network) throws IOException {
    return Files.isRegularFile(network)
        ? String.format(Locale.ROOT, ", %.1f MB", Files.size(network) / MEBIBYTE)
        : ", which is missing";
  }

  private static String hashState(InstalledPrior prior) throws IOException {
    NetworkFile network = prior.card().network();
    if (!Files.isRegularFile(network.path())) {
      return "there is no file";
    }
    return prior.isTheCards(network)
        ? "is that of the card"
        : "is ANOTHER one than the card's: install the prior again";
  }
}
