package io.github.posteriorj.diagnostic;

/** Monte-Carlo standard errors: how far estimates from chains are from those of endless chains. */
public final class MonteCarloError {

  private MonteCarloError() {}

  /**
   * The Monte-Carlo standard error of the mean, s / sqrt(ESS), with the draws' standard deviation s
   * and the effective sample size of the draws themselves.
   *
   * <p>Source: Vehtari et al. 2021, section 4.5.
   *
   * @param draws [chains][draws], all chains equally long
   * @return the standard error in the draws' unit; NaN for draws that cannot be judged ({@link
   *     ChainDiagnostics})
   * @throws IllegalArgumentException if there is no chain, or one is longer than another
   */
  public static double ofMean(double[][] draws) {
    return ChainDiagnostics.of(draws).meanError();
  }

  static double ofMean(SplitChains split) {
    return Math.sqrt(Moments.of(split.all()).variance() / EffectiveSampleSize.of(split));
  }
}
