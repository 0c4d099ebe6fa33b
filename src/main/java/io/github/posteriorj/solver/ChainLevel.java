package io.github.posteriorj.solver;

/**
 * Where in a prior's noise space chains walk, as a word or a number of text: {@value #AUTOMATIC},
 * {@value #SIGMA_MAX}, or a noise level in units of the model's range, 0 to choose it from the
 * measurement.
 */
public final class ChainLevel {

  private static final String AUTOMATIC = "automatic";
  private static final String SIGMA_MAX = "sigma_max";

  private static final String NONE = "none";

  private ChainLevel() {}

  /** Where the chains of a method walk; {@value #NONE} if it has none to be moved. */
  public static String of(Method method) {
    if (method instanceof Automatic) {
      return AUTOMATIC;
    }
    if (method instanceof LevelLangevin atLevel) {
      return String.valueOf(atLevel.level());
    }
    return method instanceof NoiseSpaceLangevin ? SIGMA_MAX : NONE;
  }

  /**
   * A method whose chains walk elsewhere, with its own settings for chains there if it has some.
   *
   * @param level where, as text
   * @throws IllegalArgumentException if it is no such place, and the message lists them; or if the
   *     method has no chains to be moved
   */
  public static Method moved(Method method, String level) {
    if (of(method).equals(NONE)) {
      throw new IllegalArgumentException(
          "chain_level has no effect with method=[%s]. Leave it out."
              .formatted(MethodSettings.kind(method)));
    }
    LevelLangevin atLevel = solver(method, LevelLangevin.standard());
    NoiseSpaceLangevin atSigmaMax = solver(method, NoiseSpaceLangevin.standard());
    return switch (level) {
      case AUTOMATIC -> new Automatic(atLevel, atSigmaMax);
      case SIGMA_MAX -> atSigmaMax;
      default -> atLevel.withLevel(number(level));
    };
  }

  /** The solver of a class that a method may choose, else another one. */
  private static <S extends Solver> S solver(Method method, S otherwise) {
    @SuppressWarnings("unchecked") // The class of S is S.
    Class<S> type = (Class<S>) otherwise.getClass();
    return method.solvers().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElse(otherwise);
  }

  private static double number(String level) {
    try {
      return Double.parseDouble(level);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "chain_level must be %s, %s or a number; it is \"%s\"."
              .formatted(AUTOMATIC, SIGMA_MAX, level),
          e);
    }
  }
}
