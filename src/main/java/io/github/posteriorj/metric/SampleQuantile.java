package io.github.posteriorj.metric;

/**
 * A quantile of samples by the rule of Weibull, linear between neighbours: the quantile of p is the
 * order statistic number (m + 1) p, none beyond the samples.
 *
 * <p>Source: type 6 of Hyndman and Fan, "Sample quantiles in statistical packages", The American
 * Statistician 1996. {@link CredibleInterval} tells why this one.
 */
public final class SampleQuantile {

  private SampleQuantile() {}

  /**
   * The quantile of a probability.
   *
   * @param sorted at least 1 sample, in ascending order
   * @param probability between 0 and 1
   */
  public static double of(double[] sorted, double probability) {
    double position = Math.max(1, Math.min(sorted.length, (sorted.length + 1) * probability));
    int below = (int) Math.min(sorted.length - 1L, (long) position);
    return below == 0
        ? sorted[0]
        : sorted[below - 1] + (position - below) * (sorted[below] - sorted[below - 1]);
  }
}
