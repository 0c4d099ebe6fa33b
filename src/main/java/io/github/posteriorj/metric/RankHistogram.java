package io.github.posteriorj.metric;

import java.util.Arrays;
import org.apache.commons.math3.stat.inference.ChiSquareTest;

/**
 * Simulation-based calibration: where the truth ranks among posterior samples, over many runs with
 * truths drawn from the prior and measurements simulated from them.
 *
 * <p>If the sampler is exact, the truth and its m independent samples are exchangeable, and its
 * rank is uniform on 0, ..., m. A hump in the middle means too wide a spread, a valley too narrow
 * one, a slope a bias.
 *
 * <p>Source: Talts, Betancourt, Simpson, Vehtari and Gelman, "Validating Bayesian inference
 * algorithms with simulation-based calibration", arXiv 1804.06788, 2018, theorem 1.
 *
 * @param counts runs whose rank fell into each of the bins, which hold equally many ranks
 */
public record RankHistogram(long[] counts) {

  /**
   * The rank of a truth: how many samples are smaller.
   *
   * @return 0 to the number of samples
   */
  public static int rank(double truth, double[] samples) {
    return (int) Arrays.stream(samples).filter(sample -> sample < truth).count();
  }

  /**
   * Counts ranks.
   *
   * @param ranks one a run, 0 to the number of samples
   * @param samples m, the number of samples that a truth was ranked among
   * @param bins number of bins, which must divide m + 1
   * @throws IllegalArgumentException if the bins would not hold equally many ranks, or a rank is
   *     none
   */
  public static RankHistogram of(int[] ranks, int samples, int bins) {
    if (bins < 2 || (samples + 1) % bins != 0) {
      throw new IllegalArgumentException(
          "%d bins cannot share the %d ranks among %d samples equally."
              .formatted(bins, samples + 1, samples));
    }
    long[] counts = new long[bins];
    for (int rank : ranks) {
      if (rank < 0 || rank > samples) {
        throw new IllegalArgumentException(
            "There is no rank %d among %d samples.".formatted(rank, samples));
      }
      counts[rank / ((samples + 1) / bins)]++;
    }
    return new RankHistogram(counts);
  }

  /**
   * The probability that uniform ranks give a histogram at least as uneven as this one, by
   * Pearson's chi-squared test. Each bin should expect 5 runs or more.
   */
  public double pValue() {
    double[] expected = new double[counts.length];
    Arrays.fill(expected, Arrays.stream(counts).sum() / (double) counts.length);
    return new ChiSquareTest().chiSquareTest(expected, counts);
  }
}
