package io.github.posteriorj.diagnostic;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Replaces draws by the normal quantiles of their ranks, which exist and have a variance whatever
 * the draws' distribution: N^-1((r - 3/8) / (S + 1/4)) for rank r of S draws; equal draws share the
 * mean of their ranks.
 *
 * <p>Sources: Vehtari et al. 2021, equation 14; Blom, "Statistical estimates and transformed
 * beta-variables", 1958.
 */
final class NormalScores {

  private final double[] byTwiceTheRank;

  /** Scores for a number of draws, computed once for any number of scalars. */
  NormalScores(int total) {
    NormalDistribution normal = new NormalDistribution();
    byTwiceTheRank = new double[2 * total + 1];
    for (int twice = 2; twice <= 2 * total; twice++) {
      byTwiceTheRank[twice] =
          normal.inverseCumulativeProbability((twice / 2.0 - 0.375) / (total + 0.25));
    }
  }

  /** The draws' scores. */
  SplitChains of(SplitChains chains) {
    return of(chains, chains.sorted());
  }

  /** The same of draws that have been sorted already. */
  SplitChains of(SplitChains chains, double[] sorted) {
    double[] scores = new double[sorted.length];
    for (int first = 0; first < sorted.length; ) {
      int end = first + 1;
      while (end < sorted.length && sorted[end] == sorted[first]) {
        end++;
      }
      // The ranks of equal draws run from first + 1 to end.
      Arrays.fill(scores, first, end, byTwiceTheRank[first + 1 + end]);
      first = end;
    }
    return chains.map(draw -> scores[Arrays.binarySearch(sorted, draw)]);
  }
}
