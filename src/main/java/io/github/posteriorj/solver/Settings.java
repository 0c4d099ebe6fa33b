package io.github.posteriorj.solver;

/** Checks of settings, by the names that people give them by. */
final class Settings {

  private Settings() {}

  /**
   * Checks a whole number.
   *
   * @throws IllegalArgumentException if it is too small
   */
  static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be %d or more, not %d.".formatted(name, least, value));
    }
  }

  /**
   * Checks a number.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  static void notNegative(String name, double value) {
    if (!(value >= 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException("%s must be 0 or more, not %s.".formatted(name, value));
    }
  }

  /**
   * Checks a number.
   *
   * @throws IllegalArgumentException if it is not above 0, or not finite
   */
  static void positive(String name, double value) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException("%s must be above 0, not %s.".formatted(name, value));
    }
  }

  /**
   * Checks a share.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  static void share(String name, double value) {
    if (!(value >= 0) || !(value <= 1)) {
      throw new IllegalArgumentException("%s must be from 0 to 1, not %s.".formatted(name, value));
    }
  }
}
