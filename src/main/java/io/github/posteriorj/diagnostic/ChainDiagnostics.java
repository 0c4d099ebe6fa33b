package io.github.posteriorj.diagnostic;

/**
 * What several chains' draws of one scalar tell: whether the chains agree, how many independent
 * draws they are worth, and how exact their mean is.
 *
 * <pre>{@code
 * ChainDiagnostics diagnostics = ChainDiagnostics.of(draws); // draws[chain][draw]
 * boolean trusted = diagnostics.rHat() < 1.01 && diagnostics.bulkSampleSize() > 400;
 * }</pre>
 *
 * <p>All numbers are NaN for draws that cannot be judged: chains of fewer than 4 draws, equal draws
 * only, or one that is not finite.
 *
 * <p>Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and
 * localization: an improved R-hat for assessing convergence of MCMC", Bayesian Analysis 2021.
 *
 * @param rHat rank-normalised split R-hat, sqrt(((n - 1) / n W + B / n) / W) with W the mean
 *     variance within half chains of n draws, and B / n the variance of their means, the larger one
 *     of those of places and of widths: 1 or a little less for chains that agree, infinite for
 *     chains that stand still at different places
 * @param bulkSampleSize effective sample size for the distribution's middle ({@link
 *     EffectiveSampleSize#bulk})
 * @param tailSampleSize effective sample size for its tails: the smaller one of those for the
 *     shares of draws below the 5 % and the 95 % quantiles ({@link EffectiveSampleSize})
 * @param meanError Monte-Carlo standard error of the mean, s / sqrt(ESS) with the draws' standard
 *     deviation s and the effective sample size of the draws themselves, in the draws' unit
 */
public record ChainDiagnostics(
    double rHat, double bulkSampleSize, double tailSampleSize, double meanError) {

  private static final ChainDiagnostics UNKNOWN =
      new ChainDiagnostics(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * Diagnoses draws.
   *
   * @param draws [chains][draws], all chains equally long
   * @throws IllegalArgumentException if there is no chain, or one is longer than another
   */
  public static ChainDiagnostics of(double[][] draws) {
    SplitChains split = SplitChains.of(draws);
    return of(split, new NormalScores(split.total()));
  }

  /** The same with scores that many scalars share. */
  static ChainDiagnostics of(SplitChains split, NormalScores scores) {
    if (!split.canBeJudged()) {
      return UNKNOWN;
    }
    double[] sorted = split.sorted();
    SplitChains normalised = scores.of(split, sorted);
    return new ChainDiagnostics(
        ScaleReduction.of(normalised, split, sorted, scores),
        EffectiveSampleSize.of(normalised),
        EffectiveSampleSize.tail(split, sorted),
        meanError(split));
  }

  private static double meanError(SplitChains split) {
    return Math.sqrt(Moments.of(split.all()).variance() / EffectiveSampleSize.of(split));
  }
}
