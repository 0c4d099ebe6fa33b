package io.github.posteriorj.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The units of length that images give their pixel sizes in. */
public enum LengthUnit {
  /** 10^-9 m. */
  NANOMETRE(1e-3, "nm", "nanometer"),

  /** 10^-6 m. */
  MICROMETRE(1, "um", "micrometer", "micron"),

  /** 10^-3 m. */
  MILLIMETRE(1e3, "mm", "millimeter"),

  /** 10^-2 m. */
  CENTIMETRE(1e4, "cm", "centimeter"),

  /** The SI's metre. */
  METRE(1e6, "m", "meter"),

  /** 25.4 mm. */
  INCH(25_400, "in", "inch", "inches", "\"");

  private static final char MICRO_SIGN = '\u00b5';
  private static final char GREEK_MU = '\u03bc';

  private static final int LONGEST_SYMBOL = 3;

  private final double micrometres;
  private final List<String> names;

  LengthUnit(double micrometres, String... names) {
    this.micrometres = micrometres;
    this.names = List.of(names);
  }

  /** How many micrometres one is. */
  public double micrometres() {
    return micrometres;
  }

  /**
   * The unit of a name as people and programs write it: symbol or word, British or American, one or
   * many, in any case, with the micro sign, the Greek mu or a u.
   *
   * @return the unit, or empty if it is none of length, such as a pixel
   */
  public static Optional<LengthUnit> named(String name) {
    // Lower case makes a Greek mu of the capital one, which is what the micro sign's upper case is.
    String plain =
        name.strip()
            .toLowerCase(Locale.ROOT)
            .replace(MICRO_SIGN, 'u')
            .replace(GREEK_MU, 'u')
            .replace("metre", "meter");
    // A symbol has no plural: ms are milliseconds.
    String singular = plain.length() > LONGEST_SYMBOL ? plain.replaceFirst("s$", "") : plain;
    return Arrays.stream(values())
        .filter(unit -> unit.names.contains(plain) || unit.names.contains(singular))
        .findFirst();
  }
}
