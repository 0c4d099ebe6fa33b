package io.github.posteriorj.imagej.fiji;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;

/**
 * A field of Fiji's dialog, as a user sees it.
 *
 * @param name the parameter's name, the key in a macro
 * @param label what stands before it
 * @param description what is told when the pointer rests on the label; may be null
 * @param kind what one does with it
 * @param text what stands in it
 * @param choices what it offers; empty where anything may be typed
 * @param pattern how a number is written, see {@link DecimalFormat}; empty for others
 */
public record ShownField(
    String name,
    String label,
    String description,
    Kind kind,
    String text,
    List<String> choices,
    String pattern) {

  /** What one does with a field. */
  public enum Kind {
    /** Reads it. */
    MESSAGE,
    /** Presses it. */
    BUTTON,
    /** Chooses one of a few texts. */
    CHOICE,
    /** Types a number. */
    NUMBER,
    /** Chooses one of the objects that there are, such as the open images. */
    OBJECT,
    /** Types a text. */
    TEXT,
    /** Types or browses for a path. */
    FILE,
    /** Ticks it. */
    CHECK_BOX
  }

  /** What stands in a number's field after a number was typed into it. */
  public String textAfterTyping(double number) {
    return numberFormat(pattern).format(number);
  }

  /** Writes numbers alike on every computer; Fiji takes the decimal separator of the country. */
  static DecimalFormat numberFormat(String pattern) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
  }
}
