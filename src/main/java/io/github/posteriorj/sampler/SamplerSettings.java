package io.github.posteriorj.sampler;

/**
 * How a posterior is sampled.
 *
 * @param samples images to draw in all, at least 2
 * @param chains chains that share them, at least 1 and at most the number of samples
 * @param start how the chains find their first states
 * @param startSteps steps of that, 0 or more
 * @param burnIn steps of each chain that are thrown away, 0 or more
 * @param thinning steps of a chain from one sample to the next, at least 1
 * @param stepSize step size of the integrator, or 0 to choose it from the posterior's curvature
 * @param seed the seed of all random draws
 */
public record SamplerSettings(
    int samples,
    int chains,
    WarmStart start,
    int startSteps,
    int burnIn,
    int thinning,
    double stepSize,
    long seed) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public SamplerSettings {
    atLeast("samples", samples, 2);
    atLeast("chains", chains, 1);
    atLeast("warm-start steps", startSteps, 0);
    atLeast("burn-in steps", burnIn, 0);
    atLeast("thinning steps", thinning, 1);
    if (chains > samples) {
      throw new IllegalArgumentException(
          "%d chains cannot share %d samples: use at most one chain a sample."
              .formatted(chains, samples));
    }
    if (!(stepSize >= 0) || !Double.isFinite(stepSize)) {
      throw new IllegalArgumentException(
          "The step size must be a positive number, or 0 to choose it automatically, not "
              + stepSize
              + ".");
    }
  }

  /** Samples that the longest chain gives. */
  int rounds() {
    return (samples + chains - 1) / chains;
  }

  private static void atLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "The number of %s must be %d or more, not %d.".formatted(what, least, value));
    }
  }
}
