package io.github.posteriorj.sampler.level;

/**
 * How a posterior is sampled at a level of the noise space.
 *
 * @param samples images to draw, each by a chain of its own, at least 1
 * @param level rho, the noise level that chains walk at, in units of the model's range
 * @param sweeps sweeps of split Gibbs sampling before that, at least 1
 * @param steps Langevin steps of each chain, 0 or more; with 0 the samples are those of split Gibbs
 *     sampling, which are not exact
 * @param stepSize h, in units of the coordinates that a chain walks in
 * @param seed the seed of all random draws
 */
public record LevelSettings(
    int samples, double level, int sweeps, int steps, double stepSize, long seed) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public LevelSettings {
    atLeast("samples", samples, 1);
    atLeast("sweeps", sweeps, 1);
    atLeast("Langevin steps", steps, 0);
    positive("noise level", level);
    positive("step size", stepSize);
  }

  /** The settings that are recommended. */
  public static LevelSettings standard(int samples, long seed) {
    return new LevelSettings(samples, 0.3, 24, 20, 0.3, seed);
  }

  /** The same at another level. */
  public LevelSettings withLevel(double other) {
    return new LevelSettings(samples, other, sweeps, steps, stepSize, seed);
  }

  /** The same with another number of sweeps. */
  public LevelSettings withSweeps(int other) {
    return new LevelSettings(samples, level, other, steps, stepSize, seed);
  }

  /** The same with other steps. */
  public LevelSettings withSteps(int number, double size) {
    return new LevelSettings(samples, level, sweeps, number, size, seed);
  }

  private static void atLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "The number of %s must be %d or more, not %d.".formatted(what, least, value));
    }
  }

  private static void positive(String what, double value) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The %s must be a positive number, not %s.".formatted(what, value));
    }
  }
}
