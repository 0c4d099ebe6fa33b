package io.github.posteriorj.metric;

import java.util.List;

/**
 * How different two images look to a network: over its layers, the sum of
 *
 * <p>mean over the places of |a / |a| - b / |b||^2,
 *
 * <p>with the vectors a, b that the layer has at the place. All channels count alike.
 *
 * <p>Source: LPIPS of Zhang et al., "The unreasonable effectiveness of deep features as a
 * perceptual metric", CVPR 2018, equation 1, with weights of 1.
 */
public final class PerceptualDistance {

  /** Keeps the length of a vector of zeros from 0, as in the authors' code. */
  private static final double LEAST_NORM = 1e-10;

  private PerceptualDistance() {}

  /**
   * The distance of two images.
   *
   * @param a each layer's map of the one
   * @param b each layer's map of the other, of the same sizes
   * @return 0 for equal images, at most 4 for each layer
   * @throws IllegalArgumentException if the maps differ in number or size
   */
  public static double of(List<FeatureMap> a, List<FeatureMap> b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException("The images have different numbers of maps.");
    }
    double sum = 0;
    for (int layer = 0; layer < a.size(); layer++) {
      sum += of(a.get(layer), b.get(layer));
    }
    return sum;
  }

  private static double of(FeatureMap a, FeatureMap b) {
    if (a.channels() != b.channels() || a.places() != b.places()) {
      throw new IllegalArgumentException("The maps of the images differ in size.");
    }
    double sum = 0;
    for (int place = 0; place < a.places(); place++) {
      double normA = a.norm(place) + LEAST_NORM;
      double normB = b.norm(place) + LEAST_NORM;
      for (int i = place; i < a.values().length; i += a.places()) {
        double difference = a.values()[i] / normA - b.values()[i] / normB;
        sum += difference * difference;
      }
    }
    return sum / a.places();
  }
}
