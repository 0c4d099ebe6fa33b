package io.github.posteriorj.diagnostic;

/**
 * R-hat, the potential scale reduction: how much wider all chains together are than each of them,
 * sqrt(((n - 1) / n W + B / n) / W) with W the mean variance within half chains of n draws, and B /
 * n the variance of their means. It is 1 for chains that agree, and larger while they do not.
 *
 * <p>Taken of the draws' normal scores, which sees chains at different places, and of the scores of
 * their distances from the median, which sees chains of different widths; the larger one counts.
 *
 * <p>Source: Vehtari et al. 2021, equations 1 to 4 and section 4.1.
 */
final class ScaleReduction {

  private ScaleReduction() {}

  static double of(
      SplitChains normalised, SplitChains split, double[] sorted, NormalScores scores) {
    double median = Quantile.of(sorted, 0.5);
    SplitChains folded = scores.of(split.map(draw -> Math.abs(draw - median)));
    double location = of(normalised);
    double width = of(folded);
    // Draws of two values only are equally far from their median: their width says nothing.
    return Double.isNaN(width) ? location : Math.max(location, width);
  }

  private static double of(SplitChains chains) {
    int length = chains.length();
    Moments means = new Moments();
    double within = 0;
    for (double[] half : chains.draws()) {
      Moments moments = Moments.of(half);
      means.add(moments.mean());
      within += moments.variance() / chains.draws().length;
    }
    return Math.sqrt((length - 1.0) / length + means.variance() / within);
  }
}
