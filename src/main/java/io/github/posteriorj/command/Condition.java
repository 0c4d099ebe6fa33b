package io.github.posteriorj.command;

import io.github.posteriorj.imagej.input.InputText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scijava.module.ModuleItem;

/**
 * With what another input must be given so that an input has an effect.
 *
 * <p>An input declares it in an attribute: {@code "psf_model=Airy|Born-Wolf"} for some values,
 * {@code "psf!=none"} for all values but some; several ones are separated by {@code ;}. A command
 * without the other input fulfils the condition.
 *
 * @param key the other input
 * @param relation {@code =} or {@code !=}
 * @param values the values that it must have, or must not have
 */
record Condition(String key, String relation, List<String> values) {

  /** The attribute of an input that has conditions. */
  static final String ATTRIBUTE = "counts with";

  private static final Pattern FORM = Pattern.compile("(\\w+)(!?=)(.+)");

  /** The conditions of an input. */
  static List<Condition> of(ModuleItem<?> item) {
    return InputText.attribute(item, ATTRIBUTE).stream()
        .flatMap(text -> Stream.of(text.split(";")))
        .map(Condition::parse)
        .toList();
  }

  private static Condition parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("\"" + text + "\" is no condition.");
    }
    return new Condition(
        matcher.group(1), matcher.group(2), Arrays.asList(matcher.group(3).split("\\|")));
  }

  /** Tells whether it is fulfilled. */
  boolean holds(Object value) {
    return values.contains(InputText.format(value)) == relation.equals("=");
  }

  /** As people read it, such as {@code psf_model=Airy or Born-Wolf}. */
  @Override
  public String toString() {
    return key + relation + String.join(" or ", values);
  }
}
