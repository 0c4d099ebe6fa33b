package io.github.posteriorj.library;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A whole card {@code rdf.yaml}, its text for people included; {@link PriorCard} is the part that
 * sampling needs.
 *
 * @param entries YAML's mappings, lists, texts and numbers
 */
public record CardDocument(Map<String, Object> entries) {

  /** The lines of a card are not broken before this many characters. */
  private static final int LINE = 110;

  /** Keeps a copy. */
  public CardDocument {
    entries = new LinkedHashMap<>(entries);
  }

  /**
   * Reads the card of a prior's folder.
   *
   * @throws IOException if there is none, or it is no YAML mapping
   */
  public static CardDocument read(Path folder) throws IOException {
    return of(folder.resolve(PriorCard.FILE_NAME));
  }

  static CardDocument of(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      if (root instanceof Map<?, ?> map) {
        return new CardDocument(textKeys(map));
      }
      throw new IOException("The card " + file + " is empty or is no YAML mapping.");
    } catch (YAMLException e) {
      throw new IOException("The card " + file + " is no valid YAML: " + e.getMessage(), e);
    }
  }

  /** What stands at the end of a path of keys, if anything does. */
  public Optional<Object> at(String... path) {
    Object found = entries;
    for (String key : path) {
      found = found instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return Optional.ofNullable(found);
  }

  /** This card with another value at the end of a path of keys; null takes the last key out. */
  public CardDocument with(Object value, String... path) {
    return new CardDocument(replaced(entries, value, List.of(path)));
  }

  /**
   * This card for other weights: source and hash in all places, and without the test tensors, which
   * the former weights have made.
   */
  public CardDocument withWeights(String source, String sha256) {
    return withoutTestTensors("inputs")
        .withoutTestTensors("outputs")
        .with(source, "weights", "torchscript", "source")
        .with(sha256, "weights", "torchscript", "sha256")
        .with(sha256, "config", "posteriorj", "sha256");
  }

  private CardDocument withoutTestTensors(String side) {
    return entries.get(side) instanceof List<?> tensors
        ? with(tensors.stream().map(CardDocument::withoutTestTensor).toList(), side)
        : this;
  }

  private static Object withoutTestTensor(Object tensor) {
    return tensor instanceof Map<?, ?> map ? replaced(map, null, List.of("test_tensor")) : tensor;
  }

  /**
   * Writes this card into a prior's folder.
   *
   * @throws IOException if it cannot be written there
   */
  public void write(Path folder) throws IOException {
    try (Writer writer = Files.newBufferedWriter(folder.resolve(PriorCard.FILE_NAME))) {
      writer.write(yaml(entries));
    }
  }

  /** Any part of a card as YAML, for people: numbers that belong together stand in one line. */
  static String yaml(Object part) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setWidth(LINE);
    options.setIndentWithIndicator(true);
    options.setIndicatorIndent(2);
    Representer representer =
        new Representer(options) {
          @Override
          protected Node representMapping(Tag tag, Map<?, ?> mapping, FlowStyle style) {
            boolean numbers = mapping.values().stream().allMatch(Number.class::isInstance);
            return super.representMapping(tag, mapping, numbers ? FlowStyle.FLOW : style);
          }
        };
    return new Yaml(representer, options).dump(part);
  }

  private static Map<String, Object> replaced(Object block, Object value, List<String> path) {
    Map<String, Object> copy =
        block instanceof Map<?, ?> map ? textKeys(map) : new LinkedHashMap<>();
    String key = path.get(0);
    if (path.size() > 1) {
      copy.put(key, replaced(copy.get(key), value, path.subList(1, path.size())));
    } else if (value == null) {
      copy.remove(key);
    } else {
      copy.put(key, value);
    }
    return copy;
  }

  private static Map<String, Object> textKeys(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
