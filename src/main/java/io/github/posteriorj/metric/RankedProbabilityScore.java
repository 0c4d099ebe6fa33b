package io.github.posteriorj.metric;

import java.util.Arrays;

/**
 * The continuous ranked probability score of samples against the truth, in the values' unit; lower
 * is better. It is proper: on average no distribution scores better than the true posterior, so
 * neither too wide nor too narrow a spread pays.
 *
 * <p>The fair version for m samples, mean |x_i - t| - sum over i, j of |x_i - x_j| / (2 m (m - 1)):
 * its expectation is the score of the distribution that the samples are from, whatever their
 * number.
 *
 * <p>Sources: Gneiting and Raftery, "Strictly proper scoring rules, prediction, and estimation",
 * JASA 2007, equation 21; Ferro, "Fair scores for ensemble forecasts", QJRMS 2014.
 */
public final class RankedProbabilityScore {

  private RankedProbabilityScore() {}

  /**
   * The score of one value.
   *
   * @param samples at least 2, in any order
   * @param truth t
   * @return the score; below 0 at times, because the estimate is unbiased
   */
  public static double of(double[] samples, double truth) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int m = sorted.length;
    double error = 0;
    double spread = 0;
    for (int i = 0; i < m; i++) {
      error += Math.abs(sorted[i] - truth);
      // In the sum of all distances the (i + 1)-th smallest counts i times up, m - 1 - i down.
      spread += (2.0 * i - m + 1) * sorted[i];
    }
    return error / m - spread / ((double) m * (m - 1));
  }

  /**
   * The mean score of many values.
   *
   * @param samples [samples][values], at least 2
   * @param truth [values]
   * @throws IllegalArgumentException if there are fewer than 2 samples, or sizes differ
   */
  public static double mean(float[][] samples, float[] truth) {
    Columns columns = Columns.of(samples, truth);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum += of(columns.column(i), truth[i]);
    }
    return sum / truth.length;
  }
}
