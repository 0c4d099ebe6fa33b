package io.github.posteriorj.sampler;

/**
 * When a run goes on beyond its number of samples, and when it has to end.
 *
 * @param effectiveSamples the effective sample size to reach, as the median of pixels: rounds of
 *     samples, one from each chain, are drawn until it is reached; 0 if the number of samples is
 *     enough
 * @param gradients the most gradients that a chain may take, its warm start included: no round of
 *     samples begins after them; 0 for no limit
 */
public record SampleTarget(double effectiveSamples, long gradients) {

  /** The number of samples alone counts. */
  public static final SampleTarget NONE = new SampleTarget(0, 0);

  /**
   * Checks the target.
   *
   * @throws IllegalArgumentException if a number is negative, or there is an effective sample size
   *     to reach without a limit
   */
  public SampleTarget {
    if (!(effectiveSamples >= 0) || !Double.isFinite(effectiveSamples)) {
      throw new IllegalArgumentException(
          "The effective sample size to reach must be a positive number, or 0 for none, not "
              + effectiveSamples
              + ".");
    }
    if (gradients < 0) {
      throw new IllegalArgumentException(
          "The limit on gradients must be a positive number, or 0 for none, not "
              + gradients
              + ".");
    }
    if (effectiveSamples > 0 && gradients == 0) {
      throw new IllegalArgumentException(
          "An effective sample size to reach needs a limit on gradients, or the run might never"
              + " end. Set max_gradients.");
    }
  }

  /** Whether a chain may take no more. */
  boolean isSpent(long gradientsOfAChain) {
    return gradients > 0 && gradientsOfAChain >= gradients;
  }
}
