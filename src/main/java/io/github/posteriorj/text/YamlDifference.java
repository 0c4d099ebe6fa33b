package io.github.posteriorj.text;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A value that two YAML documents differ in.
 *
 * @param key where it stands, such as {@code forward_model.psf_sigma} or {@code maps[0].map}
 * @param earlier what the first document has there; empty if nothing
 * @param later what the second document has there; empty if nothing
 */
public record YamlDifference(String key, Optional<String> earlier, Optional<String> later) {

  /** Hashes and pixels are longer, and tell people nothing. */
  private static final int LONGEST_SHOWN = 60;

  /**
   * All values that differ, in the order in which they stand.
   *
   * @param earlier the first document
   * @param later the second document
   * @param source what they are called in messages, such as a file
   * @throws IOException if one is no YAML; the message says where and why
   */
  public static List<YamlDifference> between(String earlier, String later, String source)
      throws IOException {
    Map<String, String> before = new LinkedHashMap<>();
    collect(RecordYaml.tree(earlier, source), "", before);
    Map<String, String> after = new LinkedHashMap<>();
    collect(RecordYaml.tree(later, source), "", after);
    Set<String> keys = new LinkedHashSet<>(after.keySet());
    keys.addAll(before.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(before.get(key), after.get(key)))
        .map(
            key ->
                new YamlDifference(
                    key, Optional.ofNullable(before.get(key)), Optional.ofNullable(after.get(key))))
        .toList();
  }

  private static void collect(Object tree, String path, Map<String, String> values) {
    if (tree instanceof Map<?, ?> mapping) {
      mapping.forEach(
          (key, value) -> collect(value, RecordYaml.inside(path, String.valueOf(key)), values));
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(list.get(i), path + "[" + i + "]", values);
      }
    } else {
      values.put(path, String.valueOf(tree));
    }
  }

  /** For people: "seed was 1 and is 2". */
  @Override
  public String toString() {
    boolean areGiven = earlier.isPresent() && later.isPresent();
    return areGiven && (isLong(earlier) || isLong(later))
        ? key + " is another one"
        : "%s was %s and is %s".formatted(key, shown(earlier), shown(later));
  }

  private static boolean isLong(Optional<String> value) {
    return value.orElse("").length() > LONGEST_SHOWN;
  }

  private static String shown(Optional<String> value) {
    return isLong(value) ? "given" : value.orElse("not given");
  }
}
