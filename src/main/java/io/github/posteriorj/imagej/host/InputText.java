package io.github.posteriorj.imagej.host;

import ij.ImagePlus;
import ij.WindowManager;
import java.io.File;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scijava.ItemVisibility;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.util.Types;

/** The inputs of a command as the text that macros and dialogs hold: reading, writing, checking. */
final class InputText {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private InputText() {}

  /** Returns the name by which macros set an input: its field's name in lower case. */
  static String key(ModuleItem<?> item) {
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

  /** Tells inputs that people set from services, messages and other things that they don't. */
  static boolean isSettable(ModuleItem<?> item) {
    Class<?> type = Types.box(item.getType());
    boolean known =
        Number.class.isAssignableFrom(type)
            || type == Boolean.class
            || type == String.class
            || type == File.class
            || type == ImagePlus.class
            || type.isEnum();
    return known && item.getVisibility() != ItemVisibility.MESSAGE;
  }

  /** Returns the choices of an input, the constants of an enumeration included, or none. */
  static List<?> choices(ModuleItem<?> item) {
    List<?> choices = item.getChoices();
    if (choices != null && !choices.isEmpty()) {
      return choices;
    }
    return item.getType().isEnum() ? Arrays.asList(item.getType().getEnumConstants()) : List.of();
  }

  /**
   * Reads the value of an input.
   *
   * @param name what to call the input in a message: its key in a macro, its label in a dialog
   * @throws InvalidInputException when the text is no value of the input's type or none of its
   *     choices
   */
  static Object parse(ModuleItem<?> item, String name, String text) throws InvalidInputException {
    Class<?> type = Types.box(item.getType());
    List<?> choices = choices(item);
    if (!choices.isEmpty()) {
      return parseChoice(choices, name, text);
    }
    if (Number.class.isAssignableFrom(type)) {
      return parseNumber(type, name, text.strip());
    }
    if (type == Boolean.class) {
      return parseBoolean(name, text);
    }
    if (type == File.class) {
      return new File(text);
    }
    return type == ImagePlus.class ? parseImage(name, text) : text;
  }

  /**
   * Checks a number against the minimum and maximum of its input.
   *
   * @throws InvalidInputException when it is out of range
   */
  static void checkRange(ModuleItem<?> item, String name, Object value)
      throws InvalidInputException {
    if (!(value instanceof Number number)) {
      return;
    }
    boolean tooLow =
        item.getMinimumValue() instanceof Number low && number.doubleValue() < low.doubleValue();
    boolean tooHigh =
        item.getMaximumValue() instanceof Number high && number.doubleValue() > high.doubleValue();
    if (tooLow || tooHigh) {
      throw new InvalidInputException(
          String.format(
              "%s must be %s; it is %s.", name, range(item).orElseThrow(), format(number)));
    }
  }

  /** Describes the allowed numbers, such as "between 0 and 1 µm", or nothing without limits. */
  static Optional<String> range(ModuleItem<?> item) {
    String unit = unit(item).map(u -> " " + u).orElse("");
    boolean hasMinimum = item.getMinimumValue() instanceof Number;
    boolean hasMaximum = item.getMaximumValue() instanceof Number;
    if (hasMinimum && hasMaximum) {
      return Optional.of(
          "between "
              + format(item.getMinimumValue())
              + " and "
              + format(item.getMaximumValue())
              + unit);
    }
    if (hasMinimum) {
      return Optional.of("at least " + format(item.getMinimumValue()) + unit);
    }
    return hasMaximum
        ? Optional.of("at most " + format(item.getMaximumValue()) + unit)
        : Optional.empty();
  }

  /** Returns the unit of an input, its attribute "unit". */
  static Optional<String> unit(ModuleItem<?> item) {
    return attribute(item, "unit");
  }

  /** Returns the heading under which dialogs show an input, its attribute "group". */
  static Optional<String> group(ModuleItem<?> item) {
    return attribute(item, "group");
  }

  private static Optional<String> attribute(ModuleItem<?> item, String name) {
    String value = item.get(name);
    return Optional.ofNullable(value == null ? declaredAttribute(item, name) : value)
        .filter(text -> !text.isBlank());
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
  static String format(Object value) {
    if (value instanceof ImagePlus image) {
      return image.getTitle();
    }
    if (value instanceof Double || value instanceof Float) {
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

  private static Object parseChoice(List<?> choices, String name, String text)
      throws InvalidInputException {
    for (Object choice : choices) {
      if (choice.toString().equals(text)) {
        return choice;
      }
    }
    List<String> names = choices.stream().map(Object::toString).toList();
    throw new InvalidInputException(
        String.format(
            "%s has no choice \"%s\".%s Its choices are: %s.",
            name, text, suggestion(text, names), quoted(names)));
  }

  /** Returns " Did you mean ...?" when one of the words is near, else nothing. */
  static String suggestion(String word, List<String> words) {
    return NearestWord.to(word, words)
        .map(near -> String.format(" Did you mean \"%s\"?", near))
        .orElse("");
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
  }

  private static Boolean parseBoolean(String name, String text) throws InvalidInputException {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidInputException(
              String.format("%s must be true or false; it is \"%s\".", name, text));
    };
  }

  private static Object parseNumber(Class<?> type, String name, String text)
      throws InvalidInputException {
    if (!NUMBER.matcher(text).matches()) {
      throw new InvalidInputException(
          text.isEmpty()
              ? String.format("%s has no value; it must be a number.", name)
              : String.format("%s must be a number; it is \"%s\".", name, text));
    }
    if (type == Double.class || type == Number.class) {
      return Double.valueOf(text);
    }
    if (type == Float.class) {
      return Float.valueOf(text);
    }
    BigDecimal number = new BigDecimal(text);
    if (type == BigDecimal.class) {
      return number;
    }
    return parseWhole(type, name, number, text);
  }

  private static Object parseWhole(Class<?> type, String name, BigDecimal number, String text)
      throws InvalidInputException {
    Function<BigDecimal, Object> exact;
    if (type == Byte.class) {
      exact = BigDecimal::byteValueExact;
    } else if (type == Short.class) {
      exact = BigDecimal::shortValueExact;
    } else if (type == Integer.class) {
      exact = BigDecimal::intValueExact;
    } else if (type == Long.class) {
      exact = BigDecimal::longValueExact;
    } else {
      exact = BigDecimal::toBigIntegerExact;
    }
    try {
      return exact.apply(number);
    } catch (ArithmeticException e) {
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      throw new InvalidInputException(
          String.format(
              whole ? "%s is too large a number: %s." : "%s must be a whole number; it is %s.",
              name,
              text));
    }
  }

  private static ImagePlus parseImage(String name, String text) throws InvalidInputException {
    ImagePlus image = WindowManager.getImage(text);
    if (image == null && text.matches("-\\d{1,9}")) {
      image = WindowManager.getImage(Integer.parseInt(text));
    }
    if (image != null) {
      return image;
    }
    List<String> titles = openImages().stream().map(ImagePlus::getTitle).toList();
    if (titles.isEmpty()) {
      throw new InvalidInputException(
          String.format("%s asks for the image \"%s\", but no image is open.", name, text));
    }
    throw new InvalidInputException(
        String.format(
            "%s asks for the image \"%s\", which is not open.%s Open images: %s.",
            name, text, suggestion(text, titles), quoted(titles)));
  }

  /** Returns the open images in the order of ImageJ's Window menu. */
  static List<ImagePlus> openImages() {
    int[] ids = WindowManager.getIDList();
    if (ids == null) {
      return List.of();
    }
    return Arrays.stream(ids)
        .mapToObj(WindowManager::getImage)
        .filter(image -> image != null)
        .toList();
  }
}
