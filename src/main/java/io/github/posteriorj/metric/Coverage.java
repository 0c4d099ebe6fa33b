package io.github.posteriorj.metric;

import java.util.Arrays;

/**
 * How often the truth lies inside the central credible intervals of one level.
 *
 * <p>Coverage alone is cheap: wide intervals cover easily. Read it beside the width, and the {@link
 * RankedProbabilityScore}.
 *
 * @param level the share of the posterior inside the intervals
 * @param expected the coverage that exact samples would have ({@link
 *     CredibleInterval#expectedCoverage})
 * @param share the share of the values whose truth was inside
 * @param meanWidth the mean of the intervals' widths, in the values' unit
 */
public record Coverage(double level, double expected, double share, double meanWidth) {

  /**
   * Compares samples with the truth, value by value: pixels, or {@link RegionMeans} of them.
   *
   * @param samples [samples][values], at least 2
   * @param truth [values]
   * @param level the share of the posterior inside the intervals, between 0 and 1
   * @throws IllegalArgumentException if there are fewer than 2 samples, sizes differ, or the level
   *     is none
   */
  public static Coverage of(float[][] samples, float[] truth, double level) {
    Columns columns = Columns.of(samples, truth);
    double covered = 0;
    double width = 0;
    for (int i = 0; i < truth.length; i++) {
      double[] sorted = columns.column(i);
      Arrays.sort(sorted);
      CredibleInterval interval = CredibleInterval.central(sorted, level);
      covered += interval.contains(truth[i]) ? 1 : 0;
      width += interval.width();
    }
    return new Coverage(
        level,
        CredibleInterval.expectedCoverage(samples.length, level),
        covered / truth.length,
        width / truth.length);
  }
}
