package io.github.posteriorj.sampler.level;

/**
 * How a posterior is sampled at a level of the noise space.
 *
 * @param samples images to draw, at least 1
 * @param chains chains that share them, from 1 to one a sample; each has a start of its own
 * @param level rho, the noise level that chains walk at, in units of the model's range, or 0 to
 *     choose it from what the measurement tells of a pixel
 * @param sweeps sweeps of split Gibbs sampling before that, at least 1
 * @param steps Langevin steps of each chain before its first sample, 0 or more; with 0 and one
 *     sample a chain the samples are those of split Gibbs sampling, which are not exact
 * @param thinning Langevin steps from one sample of a chain to its next, at least 1
 * @param stepSize h, in units of the coordinates that a chain walks in
 * @param seed the seed of all random draws
 */
public record LevelSettings(
    int samples,
    int chains,
    double level,
    int sweeps,
    int steps,
    int thinning,
    double stepSize,
    long seed) {

  /** Passes of a gradient: f, its derivative, which counts twice, and D. */
  private static final int PASSES_OF_GRADIENT = 4;

  private static final int PASSES_OF_SWEEP = 2;

  /** By measurement: 10 visible pixels of 100 need no second halving. */
  private static final double MOST_UNEVENNESS = 6;

  /** By measurement: with 50 hidden pixels of 100 steps need halving, with 11 they do not. */
  private static final double MANY_HIDDEN = 1.0 / 3;

  /** A few dead pixels are no hole. */
  private static final double FEW_HIDDEN = 0.001;

  private static final int MOST_HALVINGS = 3;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public LevelSettings {
    atLeast("samples", samples, 1);
    atLeast("chains", chains, 1);
    if (chains > samples) {
      throw new IllegalArgumentException(
          "%d chains cannot share %d samples: use at most one chain a sample."
              .formatted(chains, samples));
    }
    atLeast("sweeps", sweeps, 1);
    atLeast("Langevin steps", steps, 0);
    atLeast("Langevin steps from sample to sample", thinning, 1);
    if (level != 0) {
      positive("noise level", level);
    }
    positive("step size", stepSize);
  }

  /** The settings that are recommended, with each sample by a chain of its own. */
  public static LevelSettings standard(int samples, long seed) {
    return new LevelSettings(samples, samples, 0, 24, 16, 8, 0.5, seed);
  }

  /** The same with another number of chains, and another thinning. */
  public LevelSettings withChains(int number, int every) {
    return new LevelSettings(samples, number, level, sweeps, steps, every, stepSize, seed);
  }

  /** The same at another level. */
  public LevelSettings withLevel(double other) {
    return new LevelSettings(samples, chains, other, sweeps, steps, thinning, stepSize, seed);
  }

  /** The same with another number of sweeps. */
  public LevelSettings withSweeps(int other) {
    return new LevelSettings(samples, chains, level, other, steps, thinning, stepSize, seed);
  }

  /** The same with other steps. */
  public LevelSettings withSteps(int number, double size) {
    return new LevelSettings(samples, chains, level, sweeps, number, thinning, size, seed);
  }

  /**
   * The same for a measurement: walks as long in the steps that it needs, each time that they are
   * halved in twice as many, and with twice the sweeps where a mask or a camera hides pixels, since
   * what is hidden has far to go. Where a camera does, there are twice the steps to the first
   * sample, too.
   */
  public LevelSettings adaptedTo(LevelProblem problem) {
    Visibility visibility = problem.visibility();
    LevelSettings walks = halved(halvings(visibility));
    if (problem.operator().clipsPixels()) {
      return walks.withSweeps(2 * sweeps).withSteps(2 * walks.steps, walks.stepSize);
    }
    return visibility.hidden() > FEW_HIDDEN ? walks.withSweeps(2 * sweeps) : walks;
  }

  /**
   * How often steps are halved. Where a measurement knows a few pixels far better than the rest,
   * the curvature along these is many times the one that the coordinates are made for, and the
   * longest stable step goes with its root: it is halved until the unevenness over 4^n is {@value
   * #MOST_UNEVENNESS} or less, at most {@value #MOST_HALVINGS} times, and at least once where a
   * mask hides many pixels, for which the coordinates are made then ({@link
   * LinearDataStep#coordinates}).
   */
  private static int halvings(Visibility visibility) {
    double beyond = Math.max(1, visibility.unevenness() / MOST_UNEVENNESS);
    int fewest = visibility.hidden() > MANY_HIDDEN ? 1 : 0;
    return Math.max(
        fewest, Math.min(MOST_HALVINGS, (int) Math.ceil(Math.log(beyond) / Math.log(4))));
  }

  private LevelSettings halved(int times) {
    return new LevelSettings(
        samples,
        chains,
        level,
        sweeps,
        steps << times,
        thinning << times,
        Math.scalb(stepSize, -times),
        seed);
  }

  /**
   * Forward passes of one image through the networks that a run is worth, all chains together; a
   * gradient counts as three.
   */
  public long passes() {
    return chains * (1 + PASSES_OF_SWEEP * (sweeps - 1L) + PASSES_OF_GRADIENT * (walk() + 1));
  }

  /** Langevin steps of the longest chain. */
  long walk() {
    return steps + (rounds() - 1L) * thinning;
  }

  /** Samples that the longest chain gives. */
  int rounds() {
    return (samples + chains - 1) / chains;
  }

  /**
   * Samples that a chain gives: the first ones give one more where they cannot be shared evenly.
   */
  int samplesOf(int chain) {
    return samples / chains + (chain < samples % chains ? 1 : 0);
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
