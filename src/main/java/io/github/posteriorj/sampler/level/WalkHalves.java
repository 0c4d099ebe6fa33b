package io.github.posteriorj.sampler.level;

import io.github.posteriorj.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a longer walk would change the samples: what the chains show early is compared with what
 * they show in the end.
 *
 * <p>At rest the two are exchangeable for every chain, because Langevin dynamics can be walked
 * backwards, so that the comparison has an exact null distribution however few chains there are and
 * whatever the posterior looks like: the two are swapped at random, chain by chain. Three things
 * are compared, and the smallest of the three p-values counts, times three (Bonferroni): the means
 * of an image's regions, their spread over the chains, and the log-likelihood's mean.
 *
 * <p>Source of tests by permutation: Lehmann and Romano, "Testing Statistical Hypotheses", 2005,
 * section 15.2.
 */
final class WalkHalves {

  private static final int PERMUTATIONS = 999;

  /** A stream of random numbers that no chain has. */
  private static final long STREAM = -4;

  private final List<double[]> beginnings = new ArrayList<>();
  private final List<double[]> ends = new ArrayList<>();

  /**
   * Takes what one chain shows.
   *
   * @param early the means of the image's regions, then the negative log-likelihood
   * @param late the same at the end of the walk
   */
  void add(double[] early, double[] late) {
    beginnings.add(early);
    ends.add(late);
  }

  /** What the chains that were taken showed early, [chains][numbers]. */
  double[][] beginnings() {
    return beginnings.toArray(double[][]::new);
  }

  /** What they showed at the ends of their walks. */
  double[][] ends() {
    return ends.toArray(double[][]::new);
  }

  /**
   * Compares the chains.
   *
   * @param seed of the swaps
   */
  WalkComparison compare(long seed) {
    RandomStream random = RandomStream.of(seed, STREAM);
    int chains = beginnings.size();
    Statistics found = statistics(new boolean[chains]);
    int[] asLarge = {1, 1, 1};
    for (int i = 0; i < PERMUTATIONS; i++) {
      boolean[] swapped = new boolean[chains];
      for (int chain = 0; chain < chains; chain++) {
        swapped[chain] = random.uniform() < 0.5;
      }
      Statistics other = statistics(swapped);
      asLarge[0] += other.shift >= found.shift ? 1 : 0;
      asLarge[1] += Math.abs(other.growth) >= Math.abs(found.growth) ? 1 : 0;
      asLarge[2] += other.misfitShift >= found.misfitShift ? 1 : 0;
    }
    int least = Math.min(asLarge[0], Math.min(asLarge[1], asLarge[2]));
    return new WalkComparison(
        chains,
        Math.sqrt(found.shift),
        Math.exp(found.growth),
        Math.min(1, 3.0 * least / (PERMUTATIONS + 1)));
  }

  /**
   * What is compared.
   *
   * @param shift mean over the regions of (difference of means / standard deviation)^2
   * @param growth mean over the regions of the log of the ratio of standard deviations
   * @param misfitShift (difference of means / standard deviation)^2 of the log-likelihood
   */
  private record Statistics(double shift, double growth, double misfitShift) {}

  private Statistics statistics(boolean[] swapped) {
    int last = beginnings.get(0).length - 1;
    double shift = 0;
    double growth = 0;
    for (int region = 0; region < last; region++) {
      Pair pair = pair(region, swapped);
      shift += pair.shift() / last;
      growth += pair.growth() / last;
    }
    return new Statistics(shift, growth, pair(last, swapped).shift());
  }

  /** Sums of one number over the chains, before and after. */
  private record Pair(
      int chains, double mean, double laterMean, double squares, double laterSquares) {

    /** Squared difference of the means, over the variance of all values together. */
    double shift() {
      double difference = laterMean - mean;
      double all = squares + laterSquares + chains * difference * difference / 2;
      return difference * difference / Math.max(all / (2.0 * chains), Double.MIN_NORMAL);
    }

    double growth() {
      return Math.log(
              Math.max(laterSquares, Double.MIN_NORMAL) / Math.max(squares, Double.MIN_NORMAL))
          / 2;
    }
  }

  private Pair pair(int number, boolean[] swapped) {
    int chains = swapped.length;
    double mean = 0;
    double laterMean = 0;
    for (int chain = 0; chain < chains; chain++) {
      mean += (swapped[chain] ? ends : beginnings).get(chain)[number] / chains;
      laterMean += (swapped[chain] ? beginnings : ends).get(chain)[number] / chains;
    }
    double squares = 0;
    double laterSquares = 0;
    for (int chain = 0; chain < chains; chain++) {
      double first = (swapped[chain] ? ends : beginnings).get(chain)[number] - mean;
      double second = (swapped[chain] ? beginnings : ends).get(chain)[number] - laterMean;
      squares += first * first;
      laterSquares += second * second;
    }
    return new Pair(chains, mean, laterMean, squares, laterSquares);
  }
}
