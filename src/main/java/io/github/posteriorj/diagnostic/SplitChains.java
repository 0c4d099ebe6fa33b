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
    double[][] halves = new double[2 * chains.length][half];
    for (int chain = 0; chain < chains.length; chain++) {
      int second = chains[chain].length - half;
      for (int i = 0; i < half; i++) {
        // Java sorts -0 before 0 although they are equal; the sum is 0 for both.
        halves[2 * chain][i] = chains[chain][i] + 0.0;
        halves[2 * chain + 1][i] = chains[chain][second + i] + 0.0;
      }
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

  /** All draws, half chain by half chain. */
  double[] all() {
    double[] all = new double[total()];
    for (int half = 0; half < draws.length; half++) {
      System.arraycopy(draws[half], 0, all, half * length(), length());
    }
    return all;
  }

  /** All draws in ascending order. */
  double[] sorted() {
    double[] all = all();
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
    double[][] values = new double[draws.length][length()];
    for (int half = 0; half < draws.length; half++) {
      for (int i = 0; i < length(); i++) {
        values[half][i] = function.applyAsDouble(draws[half][i]);
      }
    }
    return new SplitChains(values);
  }
}
