package io.github.posteriorj.metric;

/**
 * How alike samples are: the mean, over all pairs, of the cosine of the angle between their
 * features, a . b / (|a| |b|). 1 where all point the same way; the lower, the more diverse.
 *
 * <p>Source: the similarity (CS) of Purohit et al., "Posterior sampling via Langevin dynamics based
 * on generative priors", arXiv 2410.02078, 2024, there of CLIP embeddings.
 */
public final class CosineSimilarity {

  private CosineSimilarity() {}

  /**
   * The mean similarity of samples.
   *
   * @param features [samples][features], at least 2 samples
   * @return -1 to 1; NaN if a sample's features are all 0
   * @throws IllegalArgumentException if there are fewer samples
   */
  public static double of(float[][] features) {
    if (features.length < 2) {
      throw new IllegalArgumentException(
          "The similarity of samples needs 2 or more, not " + features.length + ".");
    }
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      for (int k = 0; k < i; k++) {
        sum +=
            dot(features[i], features[k])
                / Math.sqrt(dot(features[i], features[i]) * dot(features[k], features[k]));
      }
    }
    return sum / (features.length * (features.length - 1) / 2.0);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
