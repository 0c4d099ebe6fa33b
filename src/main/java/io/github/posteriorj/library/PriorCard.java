package io.github.posteriorj.library;

import io.github.posteriorj.prior.PriorConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is to be known of a prior besides its weights: the card {@code rdf.yaml} beside them.
 *
 * <p>A card is a bioimage.io model description (format 0.5) with a block {@code config:
 * posteriorj:} for the constants that sampling needs.
 *
 * @param name the prior's name for people
 * @param network the consistency model's file, absolute, with the hash that it must have
 * @param denoiser the same for the denoiser, the diffusion model with the same constants, if the
 *     prior has one
 * @param constants the constants of both
 */
public record PriorCard(
    String name, NetworkFile network, Optional<NetworkFile> denoiser, PriorConstants constants) {

  /** The card's file name, fixed by bioimage.io. */
  public static final String FILE_NAME = "rdf.yaml";

  private static final String DENOISER = "denoiser";

  /**
   * Reads the card of a prior's folder.
   *
   * @throws NoSuchFileException if there is no such folder, or it has no card
   * @throws IOException if the card cannot be read, is no YAML, or lacks an entry; the message
   *     names the entry
   */
  public static PriorCard read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "There is no such folder.");
    }
    Path file = folder.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          folder.toString(), null, "This folder is no prior: it has no card " + FILE_NAME + ".");
    }
    Entries card = Entries.of(file);
    Entries weights = card.child("weights").child("torchscript");
    Entries constants = card.child("config").child("posteriorj");
    List<Double> range = constants.numbers("value_range");
    if (range.size() != 2
        || !(range.get(0) < range.get(1))
        || !Double.isFinite(range.get(1) - range.get(0))) {
      throw constants.wrong("value_range", "must be two rising numbers, such as [-1, 1]");
    }
    double sigmaMin = constants.positive("sigma_min");
    double sigmaMax = constants.positive("sigma_max");
    if (sigmaMin >= sigmaMax) {
      throw constants.wrong("sigma_min", "must be smaller than sigma_max");
    }
    return new PriorCard(
        card.text("name"),
        network(folder, weights.text("source"), constants.text("sha256")),
        constants.has(DENOISER)
            ? Optional.of(network(folder, constants.child(DENOISER)))
            : Optional.empty(),
        new PriorConstants(
            sigmaMin,
            sigmaMax,
            range.get(0),
            range.get(1),
            constants.count("channels"),
            constants.count("size_multiple"),
            constants.count("minimum_size"),
            constants.count("gradient_bytes_per_pixel"),
            constants.has("intermediate_sigma")
                ? OptionalDouble.of(constants.positive("intermediate_sigma"))
                : OptionalDouble.empty(),
            constants.has("reach")
                ? OptionalInt.of(constants.wholeNumber("reach"))
                : OptionalInt.empty()));
  }

  private static NetworkFile network(Path folder, Entries entries) throws IOException {
    return network(folder, entries.text("source"), entries.text("sha256"));
  }

  private static NetworkFile network(Path folder, String source, String sha256) {
    return new NetworkFile(folder.resolve(source).toAbsolutePath(), sha256);
  }

  /** A block of the card's entries that knows its place for error messages. */
  private record Entries(Path file, String path, Map<?, ?> map) {

    static Entries of(Path file) throws IOException {
      return new Entries(file, "", CardDocument.of(file).entries());
    }

    Entries child(String key) throws IOException {
      if (map.get(key) instanceof Map<?, ?> block) {
        return new Entries(file, path + key + ": ", block);
      }
      throw wrong(key, "is missing");
    }

    boolean has(String key) {
      return map.get(key) != null;
    }

    String text(String key) throws IOException {
      if (map.get(key) instanceof String text && !text.isBlank()) {
        return text;
      }
      throw wrong(key, "is missing or is no text");
    }

    double positive(String key) throws IOException {
      if (map.get(key) instanceof Number number
          && number.doubleValue() > 0
          && Double.isFinite(number.doubleValue())) {
        return number.doubleValue();
      }
      throw wrong(key, "is missing or is no positive number");
    }

    int count(String key) throws IOException {
      if (map.get(key) instanceof Integer count && count > 0) {
        return count;
      }
      throw wrong(key, "is missing or is no positive whole number");
    }

    int wholeNumber(String key) throws IOException {
      if (map.get(key) instanceof Integer number && number >= 0) {
        return number;
      }
      throw wrong(key, "is no whole number of 0 or more");
    }

    List<Double> numbers(String key) throws IOException {
      if (map.get(key) instanceof List<?> list
          && list.stream().allMatch(Number.class::isInstance)) {
        return list.stream().map(number -> ((Number) number).doubleValue()).toList();
      }
      throw wrong(key, "is missing or is no list of numbers");
    }

    IOException wrong(String key, String problem) {
      return new IOException(
          "The card "
              + file
              + " cannot be used: its entry \""
              + path
              + key
              + "\" "
              + problem
              + ".");
    }
  }
}
