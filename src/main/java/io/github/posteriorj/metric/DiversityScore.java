package io.github.posteriorj.metric;

import java.util.Arrays;

/**
 * How far samples are spread over clusters: the mean distance of a sample to those that are not
 * among its {@value #NEIGHBOURS} nearest neighbours, over its mean distance to those that are, of
 * features of the samples. 1 where all samples are equally far from each other, the more the
 * clearer they form clusters.
 *
 * <p>Source: the diversity score (DS) of Purohit et al., "Posterior sampling via Langevin dynamics
 * based on generative priors", arXiv 2410.02078, 2024: the ratio of the inter- to the intra-cluster
 * distance, with clusters of 6 nearest neighbours. Which distances are averaged is not said there;
 * these are Euclidean ones, over all samples.
 */
public final class DiversityScore {

  /** Neighbours of a cluster. */
  public static final int NEIGHBOURS = 6;

  /** The fewest samples of which one is in no cluster of another. */
  public static final int FEWEST_SAMPLES = NEIGHBOURS + 2;

  private DiversityScore() {}

  /**
   * The score of samples.
   *
   * @param features [samples][features], at least {@value #FEWEST_SAMPLES} samples
   * @return 1 or more; NaN if all samples are the same
   * @throws IllegalArgumentException if there are fewer samples
   */
  public static double of(float[][] features) {
    if (features.length < FEWEST_SAMPLES) {
      throw new IllegalArgumentException(
          "The diversity score needs %d samples or more, not %d."
              .formatted(FEWEST_SAMPLES, features.length));
    }
    double inside = 0;
    double outside = 0;
    for (float[] sample : features) {
      // The first one is the distance to itself.
      double[] distances =
          Arrays.stream(features).mapToDouble(other -> distance(sample, other)).sorted().toArray();
      inside += Arrays.stream(distances, 1, NEIGHBOURS + 1).average().orElseThrow();
      outside += Arrays.stream(distances, NEIGHBOURS + 1, distances.length).average().orElseThrow();
    }
    return outside / inside;
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
