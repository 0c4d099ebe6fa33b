package io.github.posteriorj.sampler.level;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How much the samples of one chain resemble each other: the intraclass correlation of the means of
 * an image's regions, (b - w) / (b + (n - 1) w) with the mean squares b between chains and w within
 * them, both averaged over the regions, and n samples a chain. N samples are worth N / (1 + (n - 1)
 * r) independent ones for a posterior mean.
 *
 * <p>Source: Donner and Koval, "The estimation of intraclass correlation in the analysis of family
 * data", Biometrics 1980, equation 2.1; Kish, "Survey Sampling", 1965, section 5.4 (design effect).
 */
final class ChainLikeness {

  private final TreeMap<Integer, List<double[]>> chains = new TreeMap<>();

  /** Takes a sample's numbers. */
  void add(int chain, double[] numbers) {
    chains.computeIfAbsent(chain, any -> new ArrayList<>()).add(numbers);
  }

  /** The correlation; empty where each chain gave one sample, or there is one chain. */
  OptionalDouble correlation() {
    int length = chains.values().stream().mapToInt(List::size).min().orElse(0);
    if (length < 2 || chains.size() < 2) {
      return OptionalDouble.empty();
    }
    List<List<double[]>> equal =
        chains.values().stream().map(chain -> chain.subList(0, length)).toList();
    double between = 0;
    double within = 0;
    for (int i = 0; i < equal.get(0).get(0).length; i++) {
      double[][] values = values(equal, i);
      double mean = meanOf(values);
      for (double[] chain : values) {
        double ofChain = meanOf(chain);
        between += length * (ofChain - mean) * (ofChain - mean) / (values.length - 1);
        for (double value : chain) {
          within += (value - ofChain) * (value - ofChain) / (values.length * (length - 1.0));
        }
      }
    }
    double all = between + (length - 1) * within;
    return OptionalDouble.of(all > 0 ? (between - within) / all : 0);
  }

  private static double[][] values(List<List<double[]>> chains, int number) {
    return chains.stream()
        .map(chain -> chain.stream().mapToDouble(sample -> sample[number]).toArray())
        .toArray(double[][]::new);
  }

  private static double meanOf(double[]... rows) {
    double sum = 0;
    int count = 0;
    for (double[] row : rows) {
      for (double value : row) {
        sum += value;
        count++;
      }
    }
    return sum / count;
  }
}
