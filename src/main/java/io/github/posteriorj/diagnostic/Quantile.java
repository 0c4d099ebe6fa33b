package io.github.posteriorj.diagnostic;

/**
 * Quantiles of draws, linear between order statistics: type 7 of Hyndman and Fan, "Sample quantiles
 * in statistical packages", The American Statistician 1996.
 */
final class Quantile {

  private Quantile() {}

  static double of(double[] sorted, double probability) {
    double position = (sorted.length - 1) * probability;
    int below = (int) Math.min(sorted.length - 2L, (long) position);
    return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
  }
}
