package io.github.posteriorj.imagej.input;

import java.io.File;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.util.Types;

/** The inputs of a command as the text that macros and dialogs hold: reading, writing, checking. */
public final class InputText {

  /** The attribute of an input that dialogs show below a heading: its value is the heading. */
  public static final String GROUP = "group";

  /** The attribute of a text that names an open image. */
  public static final String IMAGE = "image";

  /** The attribute of a text that need not be among the choices that dialogs offer. */
  public static final String OPEN = "open";

  /**
   * The attribute of a text that is a number, or several with commas between them: the input's
   * limits are those of each.
   */
  public static final String NUMBERS = "numbers";

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private InputText() {}

  /** Returns the name by which macros set an input: its field's name in lower case. */
  public static String key(ModuleItem<?> item) {
    return item.getName().toLowerCase(Locale.ROOT);
  }

  /** Returns the name that people read: the label, or the field's name in words. */
  static String label(ModuleItem<?> item) {
    String label = item.getLabel();
    if (label != null && !label.isBlank()) {
      return label;
    }
    String words = item.getName().replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Tells inputs that people set from services and other things that they don't. */
  public static boolean isSettable(ModuleItem<?> item) {
    Class<?> type = Types.box(item.getType());
    return type == Double.class
        || type == Integer.class
        || type == Long.class
        || type == Boolean.class
        || type == String.class
        || type == File.class;
  }

  /** Returns the choices of an input, or none. */
  static List<?> choices(ModuleItem<?> item) {
    List<?> choices = item.getChoices();
    return choices == null ? List.of() : choices;
  }

  /**
   * Reads the value of an input.
   *
   * @param name what to call the input in a message: its key in a macro, its label in a dialog
   * @throws InvalidInputException when the text is no value of the input's type, none of its
   *     choices, a number out of its range, or an image that is not open
   */
  static Object parse(ModuleItem<?> item, String name, String text) {
    Class<?> type = Types.box(item.getType());
    Object value;
    if (type == Boolean.class) {
      value = parseBoolean(name, text);
    } else if (type == File.class) {
      value = new File(text);
    } else if (type == String.class) {
      value = text;
    } else {
      value = parseNumber(type, name, text.strip());
    }
    check(item, name, value);
    return value;
  }

  /**
   * Checks a value against the choices and the range of its input, and that an image is open.
   *
   * @param name what to call the input in the message
   * @param value the value; null, which leaves it to the command, is always allowed
   * @throws InvalidInputException when it is not allowed
   */
  public static void check(ModuleItem<?> item, String name, Object value) {
    if (value instanceof Number number) {
      checkRange(item, name, number);
    }
    if (value instanceof String text) {
      if (attribute(item, NUMBERS).isPresent()) {
        checkNumbers(item, name, text);
      } else if (attribute(item, IMAGE).isPresent()) {
        OpenImages.find(name, text);
      } else if (attribute(item, OPEN).isEmpty()) {
        checkChoice(choices(item), name, text);
      }
    }
  }

  private static void checkNumbers(ModuleItem<?> item, String name, String text) {
    for (String part : text.split(",", -1)) {
      // What begins like 05 is the rest of a decimal with a comma.
      if (part.strip().matches("0\\d.*")) {
        throw notANumber(name, text);
      }
      checkRange(item, name, parseNumber(Double.class, name, part.strip()));
    }
  }

  private static void checkRange(ModuleItem<?> item, String name, Number number) {
    Optional<Double> low = limit(item.getMinimumValue());
    Optional<Double> high = limit(item.getMaximumValue());
    boolean tooLow = low.isPresent() && !(number.doubleValue() >= low.get());
    boolean tooHigh = high.isPresent() && !(number.doubleValue() <= high.get());
    if (tooLow || tooHigh) {
      throw new InvalidInputException(
          String.format(
              "%s must be %s; it is %s.", name, range(item).orElseThrow(), format(number)));
    }
  }

  private static void checkChoice(List<?> choices, String name, String text) {
    List<String> names = choices.stream().map(Object::toString).toList();
    if (!names.isEmpty() && !names.contains(text)) {
      throw new InvalidInputException(
          String.format(
              "%s has no choice \"%s\".%s Its choices are: %s.",
              name, text, suggestion(text, names), quoted(names)));
    }
  }

  /** Describes the allowed numbers, such as "between 0 and 1", or nothing without limits. */
  static Optional<String> range(ModuleItem<?> item) {
    Optional<String> low = limit(item.getMinimumValue()).map(InputText::format);
    Optional<String> high = limit(item.getMaximumValue()).map(InputText::format);
    if (low.isPresent() && high.isPresent()) {
      return Optional.of("between " + low.get() + " and " + high.get());
    }
    return low.map(least -> "at least " + least).or(() -> high.map(most -> "at most " + most));
  }

  /** A limit of numbers; of a text that holds numbers it is a text itself. */
  private static Optional<Double> limit(Object value) {
    if (value instanceof String text && NUMBER.matcher(text).matches()) {
      return Optional.of(Double.valueOf(text));
    }
    return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
  }

  /** Returns the value of an attribute of an input, where it has that attribute. */
  public static Optional<String> attribute(ModuleItem<?> item, String name) {
    String value = item.get(name);
    return Optional.ofNullable(value == null ? declaredAttribute(item, name) : value);
  }

  /** A dynamic command's inputs are copies that have lost the attributes of the field. */
  private static String declaredAttribute(ModuleItem<?> item, String name) {
    try {
      Field field = Types.field(item.getInfo().loadDelegateClass(), item.getName());
      Parameter parameter = field.getAnnotation(Parameter.class);
      return parameter == null
          ? null
          : Arrays.stream(parameter.attrs())
              .filter(attribute -> attribute.name().equals(name))
              .map(Attr::value)
              .findFirst()
              .orElse(null);
    } catch (ClassNotFoundException | IllegalArgumentException e) {
      return null; // The command has made this input itself, without a field.
    }
  }

  /** Writes a value so that {@link #parse} reads the same one again; nothing for null. */
  public static String format(Object value) {
    if (value instanceof Double) {
      return formatDecimal(value.toString());
    }
    return value == null ? "" : value.toString();
  }

  private static String formatDecimal(String javaText) {
    if (!NUMBER.matcher(javaText).matches()) {
      return javaText;
    }
    BigDecimal number = new BigDecimal(javaText).stripTrailingZeros();
    boolean readable = number.signum() == 0 || (number.scale() <= 8 && number.scale() >= -8);
    return readable ? number.toPlainString() : number.toString();
  }

  /** Returns " Did you mean ...?" when one of the words is near, else nothing. */
  static String suggestion(String word, List<String> words) {
    return NearestWord.to(word, words)
        .map(near -> String.format(" Did you mean \"%s\"?", near))
        .orElse("");
  }

  static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
  }

  private static Boolean parseBoolean(String name, String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidInputException(
              String.format("%s must be true or false; it is \"%s\".", name, text));
    };
  }

  private static Number parseNumber(Class<?> type, String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw notANumber(name, text);
    }
    if (type == Double.class) {
      return Double.valueOf(text);
    }
    return parseWhole(type, name, new BigDecimal(text), text);
  }

  private static InvalidInputException notANumber(String name, String text) {
    return new InvalidInputException(
        text.isEmpty()
            ? String.format("%s has no value; it must be a number.", name)
            : String.format("%s must be a number; it is \"%s\".%s", name, text, comma(text)));
  }

  /** Half of the world writes decimals with a comma. */
  private static String comma(String text) {
    String point = text.replace(',', '.');
    return text.indexOf(',') >= 0 && NUMBER.matcher(point).matches()
        ? " Write a point: " + point + "."
        : "";
  }

  private static Number parseWhole(Class<?> type, String name, BigDecimal number, String text) {
    try {
      if (type == Integer.class) {
        return number.intValueExact();
      }
      return number.longValueExact();
    } catch (ArithmeticException e) {
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      throw new InvalidInputException(
          String.format(
              whole ? "%s is too large a number: %s." : "%s must be a whole number; it is %s.",
              name,
              text));
    }
  }
}
