package io.github.posteriorj.training;

import io.github.posteriorj.prior.PriorConstants;
import io.github.posteriorj.tensor.RandomStream;

/**
 * Pairs of noise levels t > r on one trajectory, between which a consistency function must not
 * change: ln t ~ N(-0.8, 1.8²), r = t (1 - n(t) / 2^a) with n(t) = 1 + 8 / (1 + e^t).
 *
 * <p>Source: Geng, Pokle, Luo, Lin and Kolter, "Consistency Models Made Easy", ICLR 2025: their
 * continuous-time schedule with n(t) = 1 + k sigmoid(-b t), k = 8, b = 1.
 *
 * @param least the smallest level, sigma_min
 * @param most the largest level, sigma_max
 * @param gap the exponent a
 */
record NoisePairs(double least, double most, double gap) {

  private static final double LOG_MEAN = -0.8;
  private static final double LOG_DEVIATION = 1.8;
  private static final double SHARPNESS = 8;

  /**
   * A pair of levels.
   *
   * @param upper t
   * @param lower r
   */
  record Pair(double upper, double lower) {}

  static NoisePairs of(PriorConstants constants, double gap) {
    return new NoisePairs(constants.sigmaMin(), constants.sigmaMax(), gap);
  }

  Pair draw(RandomStream random) {
    return pair(random.gaussian());
  }

  /** The pair whose ln t is so many standard deviations above its mean. */
  Pair pair(double deviations) {
    double t = Math.exp(LOG_MEAN + LOG_DEVIATION * deviations);
    // The smallest level has no lower one: f is the identity there.
    double upper = Math.min(most, Math.max(least * 1.01, t));
    double share = (1 + SHARPNESS / (1 + Math.exp(upper))) / Math.pow(2, gap);
    return new Pair(upper, Math.max(least, upper * (1 - share)));
  }
}
