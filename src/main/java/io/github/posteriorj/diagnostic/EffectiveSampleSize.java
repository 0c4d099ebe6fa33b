package io.github.posteriorj.diagnostic;

/**
 * Effective sample size: how many independent draws would estimate as well as these correlated
 * ones.
 *
 * <p>With S draws in all, it is S / tau; tau = -1 + 2 (P_0 + ... + P_(K-1)) + max(0, rho_2K) sums
 * the autocorrelations in pairs P_k = rho_2k + rho_(2k+1), up to the first pair that is not
 * positive, none larger than the one before it. The autocorrelation of lag t is rho_t = 1 - (W -
 * c_t) / V, with the chains' mean autocovariance c_t, their mean variance W, and the variance V of
 * all chains together: chains that disagree are seen, too. tau is at least 1 / log10(S).
 *
 * <p>Autocovariances are summed lag by lag as far as they are needed, which is a few times tau: for
 * chains of some hundred draws that is faster than a Fourier transform.
 *
 * <p>Short chains flatter: for independent draws the mean of the estimated rho_1 is about -1 / n,
 * with n draws in half a chain.
 *
 * <p>Sources: Vehtari et al. 2021, equations 7 to 13; Geyer, "Practical Markov chain Monte Carlo",
 * Statistical Science 1992, section 3.3.
 */
public final class EffectiveSampleSize {

  private static final double LOWER_TAIL = 0.05;
  private static final double UPPER_TAIL = 0.95;

  /** The last lags rest on this many products of a chain or fewer, and are left out. */
  private static final int LAGS_LEFT_OUT = 4;

  private EffectiveSampleSize() {}

  /**
   * The effective sample size for the middle of the distribution: that of the draws' normal scores.
   *
   * @param draws [chains][draws], all chains equally long
   * @return a positive number; NaN for draws that cannot be judged ({@link ChainDiagnostics})
   * @throws IllegalArgumentException if there is no chain, or one is longer than another
   */
  public static double bulk(double[][] draws) {
    return ChainDiagnostics.of(draws).bulkSampleSize();
  }

  /**
   * The effective sample size for the tails: the smaller one of those for the shares of draws below
   * the 5 % and the 95 % quantiles.
   */
  static double tail(SplitChains split, double[] sorted) {
    return Math.min(
        ofShareBelow(split, Quantile.of(sorted, LOWER_TAIL)),
        ofShareBelow(split, Quantile.of(sorted, UPPER_TAIL)));
  }

  private static double ofShareBelow(SplitChains split, double bound) {
    return of(split.map(draw -> draw <= bound ? 1 : 0));
  }

  /** The effective sample size for the mean of these draws themselves. */
  static double of(SplitChains chains) {
    int length = chains.length();
    double[][] centred = new double[chains.draws().length][length];
    Moments means = new Moments();
    double within = 0;
    for (int half = 0; half < centred.length; half++) {
      Moments moments = Moments.of(chains.draws()[half]);
      means.add(moments.mean());
      within += moments.variance() / centred.length;
      for (int i = 0; i < length; i++) {
        centred[half][i] = chains.draws()[half][i] - moments.mean();
      }
    }
    double together = within * (length - 1) / length + means.variance();
    double time = autocorrelationTime(centred, within, together);
    return chains.total() / Math.max(time, 1 / Math.log10(chains.total()));
  }

  private static double autocorrelationTime(double[][] centred, double within, double together) {
    int length = centred[0].length;
    double time = -1;
    double even = 1;
    double pair = even + autocorrelation(centred, 1, within, together);
    double smallest = Double.POSITIVE_INFINITY;
    for (int lag = 2; pair > 0; lag += 2) {
      smallest = Math.min(smallest, pair);
      time += 2 * smallest;
      if (lag >= length) {
        return time;
      }
      even = autocorrelation(centred, lag, within, together);
      if (lag + LAGS_LEFT_OUT >= length) {
        break;
      }
      pair = even + autocorrelation(centred, lag + 1, within, together);
    }
    return time + Math.max(0, even);
  }

  private static double autocorrelation(
      double[][] centred, int lag, double within, double together) {
    int length = centred[0].length;
    double products = 0;
    for (double[] half : centred) {
      for (int i = lag; i < length; i++) {
        products += half[i] * half[i - lag];
      }
    }
    double autocovariance = products / ((double) length * centred.length);
    return 1 - (within - autocovariance) / together;
  }
}
