package io.github.posteriorj.diagnostic;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Draws of one scalar by several chains, each chain cut into two halves, so that a drift within a
 * chain shows as a difference between chains.
 *
 * <p>The middle draw of an odd number is left out. Source: Vehtari et al. 2021, section 3.1.
 *
 * @param draws [2 chains][draws / 2]
 */
record SplitChains(double[][] draws) {

  static SplitChains of(double[][] chains) {
    int half = checkedLength(chains) / 2;
    double[][] halves = new double[2 * chains.length][];
    for (int chain = 0; chain < chains.length; chain++) {
      int length = chains[chain].length;
      halves[2 * chain] = Arrays.copyOfRange(chains[chain], 0, half);
      halves[2 * chain + 1] = Arrays.copyOfRange(chains[chain], length - half, length);
    }
    return new SplitChains(halves);
  }

  private static int checkedLength(double[][] chains) {
    if (chains.length == 0) {
      throw new IllegalArgumentException("There are no chains to diagnose.");
    }
    int length = chains[0].length;
    for (double[] chain : chains) {
      if (chain.length != length) {
        throw new IllegalArgumentException(
            "Chains must have equally many draws, but one has "
                + length
                + " and another has "
                + chain.length
                + ".");
      }
    }
    return length;
  }

  /** Draws of half a chain. */
  int length() {
    return draws[0].length;
  }

  /** Draws of all halves. */
  int total() {
    return draws.length * length();
  }

  /** All draws in ascending order. */
  double[] sorted() {
    double[] all = Arrays.stream(draws).flatMapToDouble(Arrays::stream).toArray();
    Arrays.sort(all);
    return all;
  }

  /** Whether anything can be said: draws enough, finite, and not all equal. */
  boolean canBeJudged() {
    if (length() < 2) {
      return false;
    }
    boolean differ = false;
    for (double[] half : draws) {
      for (double draw : half) {
        if (!Double.isFinite(draw)) {
          return false;
        }
        differ |= draw != draws[0][0];
      }
    }
    return differ;
  }

  /** The same chains with a function of each draw. */
  SplitChains map(DoubleUnaryOperator function) {
    return new SplitChains(
        Arrays.stream(draws)
            .map(half -> Arrays.stream(half).map(function).toArray())
            .toArray(double[][]::new));
  }
}
