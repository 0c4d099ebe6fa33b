package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is known of the diversity of a few samples. */
class DiversityTest {

  private static final int CLUSTER = DiversityScore.NEIGHBOURS + 1;

  /** The corners of a simplex, whose edges are sqrt(2), at some height. */
  private static float[] corner(int number, float height) {
    float[] features = new float[CLUSTER + 1];
    features[number] = 1;
    features[CLUSTER] = height;
    return features;
  }

  /**
   * Two clusters above each other, h apart: in the other one there is one sample at the distance h,
   * and six at sqrt(2 + h^2).
   */
  @Test
  void twoClustersScoreTheirDistanceOverTheirSize() {
    float[][] samples = new float[2 * CLUSTER][];
    Arrays.setAll(samples, i -> corner(i / 2, i % 2 == 0 ? 0 : 10));
    double between = (10 + 6 * Math.sqrt(102)) / 7;
    assertEquals(between / Math.sqrt(2), DiversityScore.of(samples), 1e-12);
  }

  @Test
  void samplesThatAreEquallyFarScoreOne() {
    float[][] samples = new float[12][12];
    for (int i = 0; i < samples.length; i++) {
      samples[i][i] = 3;
    }
    assertEquals(1, DiversityScore.of(samples), 1e-12);
    assertEquals(0, CosineSimilarity.of(samples), 1e-12);
  }

  @Test
  void theUnitOfTheFeaturesDoesNotCount() {
    float[][] samples = new float[9][];
    Arrays.setAll(samples, i -> RandomStream.of(2, i).gaussian(5));
    float[][] doubled = new float[9][];
    Arrays.setAll(doubled, i -> RandomStream.of(2, i).gaussian(5));
    for (float[] sample : doubled) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] *= 2;
      }
    }
    assertEquals(DiversityScore.of(samples), DiversityScore.of(doubled), 1e-12);
    assertEquals(CosineSimilarity.of(samples), CosineSimilarity.of(doubled), 1e-12);
  }

  /** Cosines 0, 1 / sqrt(2) and 1 / sqrt(2). */
  @Test
  void theSimilarityIsTheMeanOfAllPairs() {
    float[][] samples = {{1, 0}, {0, 2}, {3, 3}};
    assertEquals(Math.sqrt(2) / 3, CosineSimilarity.of(samples), 1e-12);
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> DiversityScore.of(new float[CLUSTER][2]));
    assertThrows(IllegalArgumentException.class, () -> CosineSimilarity.of(new float[1][2]));
  }
}
