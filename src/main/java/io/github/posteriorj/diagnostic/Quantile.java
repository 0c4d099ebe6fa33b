package io.github.posteriorj.diagnostic;

/**
 * Quantiles of draws, linear between order statistics: type 7 of Hyndman and Fan, "Sample quantiles
 * in statistical packages", The American Statistician 1996.
 */
final class Quantile {

  private Quantile() {}

  static double of(double[] sorted, double probability) {
    double position = (sorted.length - 1) * probability;
    int below = (int) position;
    // At the end there is no neighbour; equal infinities have no difference.
    return position == below || sorted[below] == sorted[below + 1]
        ? sorted[below]
        : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
  }
}
