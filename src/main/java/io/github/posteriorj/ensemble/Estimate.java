package io.github.posteriorj.ensemble;

import io.github.posteriorj.metric.CredibleInterval;
import java.util.Arrays;
import java.util.Optional;

/**
 * A number that was measured in each sample: what the posterior says of it.
 *
 * @param mean of the samples' numbers
 * @param deviation their standard deviation (n - 1 in the denominator)
 * @param interval the central credible interval
 */
public record Estimate(double mean, double deviation, CredibleInterval interval) {

  /**
   * The estimate from samples.
   *
   * @param values the number in each sample, at least 2; those that are not finite are left out, as
   *     the mean area of no objects
   * @param level the interval's share of the posterior, between 0 and 1
   */
  public static Estimate of(double[] values, double level) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length < 2) {
      return new Estimate(Double.NaN, Double.NaN, new CredibleInterval(Double.NaN, Double.NaN));
    }
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
    return new Estimate(
        mean, Math.sqrt(squares / (sorted.length - 1)), CredibleInterval.central(sorted, level));
  }

  /**
   * What people should know of intervals of so few samples; empty if they are as they should be.
   */
  public static Optional<String> doubt(int samples, double level) {
    return IntervalWidth.narrower(samples, level)
        .map(reason -> "The intervals are narrower than asked for: " + reason);
  }
}
