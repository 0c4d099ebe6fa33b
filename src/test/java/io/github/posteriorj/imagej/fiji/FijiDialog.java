package io.github.posteriorj.imagej.fiji;

import java.util.List;

/**
 * The dialog that Fiji shows for a command.
 *
 * @param fields from above to below; none where no dialog appears
 * @param refusal why no dialog appears; empty where one does, or where nothing is left to ask for
 */
public record FijiDialog(List<ShownField> fields, String refusal) {

  /** The names of the fields, from above to below. */
  public List<String> names() {
    return fields.stream().map(ShownField::name).toList();
  }

  /**
   * A field by its parameter's name.
   *
   * @throws IllegalArgumentException when it is not shown
   */
  public ShownField field(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " is not among " + names()));
  }
}
