package io.github.posteriorj.image;

import java.util.Arrays;

/**
 * The level of numbers of which most belong together, however far off the others are.
 *
 * @param median their median
 * @param deviation their standard deviation, as the median distance from the median says it of
 *     normal numbers (Hampel 1974)
 * @param count how many they are
 */
public record RobustLevel(double median, double deviation, int count) {

  /** Standard error of the median of normal numbers, times the root of their number. */
  private static final double ERROR_OF_MEDIAN = Math.sqrt(Math.PI / 2);

  /** The level of numbers, at least one and all finite. */
  public static RobustLevel of(double[] values) {
    double median = median(values);
    double[] distances = new double[values.length];
    Arrays.setAll(distances, i -> values[i] - median);
    return new RobustLevel(median, NoiseLevel.robustDeviation(distances), values.length);
  }

  /** The standard error of the median. */
  public double standardError() {
    return ERROR_OF_MEDIAN * deviation / Math.sqrt(count);
  }

  /** The median of numbers, at least one and all finite. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.parallelSort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
