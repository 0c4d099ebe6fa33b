package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankHistogramTest {

  private static final int RUNS = 500;
  private static final int SAMPLES = 39;
  private static final double NOISE = 0.7;

  /**
   * Ranks in the model t ~ N(0, 1), y = t + N(0, NOISE^2), whose posterior is normal with the
   * variance NOISE^2 / (1 + NOISE^2) and the mean y / (1 + NOISE^2).
   *
   * @param width the samples' standard deviation over the posterior's
   */
  private static RankHistogram histogram(double width, double shift, long seed) {
    RandomStream random = RandomStream.of(seed, 0);
    double variance = NOISE * NOISE / (1 + NOISE * NOISE);
    int[] ranks = new int[RUNS];
    for (int run = 0; run < RUNS; run++) {
      double truth = random.gaussian();
      double y = truth + NOISE * random.gaussian();
      double[] samples = new double[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        samples[i] =
            y / (1 + NOISE * NOISE) + Math.sqrt(variance) * (shift + width * random.gaussian());
      }
      ranks[run] = RankHistogram.rank(truth, samples);
    }
    return RankHistogram.of(ranks, SAMPLES, 10);
  }

  @Test
  void exactPosteriorSamplesGiveUniformRanksAndUniformPValues() {
    int histograms = 400;
    for (double bound : new double[] {0.05, 0.2, 0.5}) {
      double share =
          IntStream.range(0, histograms).filter(i -> histogram(1, 0, i).pValue() < bound).count()
              / (double) histograms;
      // Four standard errors, and one percent because counts are whole numbers.
      assertEquals(bound, share, 4 * Math.sqrt(bound * (1 - bound) / histograms) + 0.01);
    }
  }

  @Test
  void wrongPosteriorsAreSeen() {
    assertTrue(histogram(0.7, 0, 1).pValue() < 1e-4);
    assertTrue(histogram(1.5, 0, 1).pValue() < 1e-4);
    assertTrue(histogram(1, 0.4, 1).pValue() < 1e-4);
  }

  @Test
  void countsRanksInBinsOfEqualWidth() {
    assertArrayEquals(
        new long[] {2, 1, 3}, RankHistogram.of(new int[] {0, 1, 2, 5, 4, 4}, 5, 3).counts());
    assertEquals(2, RankHistogram.rank(3, new double[] {1, 5, 2, 3}));
  }

  @Test
  void thePValueIsPearsons() {
    // Chi-squared is (25 + 25 + 0 + 0) / 20 = 2.5 with 3 degrees of freedom: p = 0.4753 by tables.
    assertEquals(0.4753, new RankHistogram(new long[] {15, 25, 20, 20}).pValue(), 5e-5);
  }

  @Test
  void refusesUnequalBinsAndRanksThatAreNone() {
    assertEquals(
        "7 bins cannot share the 40 ranks among 39 samples equally.",
        assertThrows(IllegalArgumentException.class, () -> RankHistogram.of(new int[1], 39, 7))
            .getMessage());
    assertEquals(
        "There is no rank 40 among 39 samples.",
        assertThrows(IllegalArgumentException.class, () -> RankHistogram.of(new int[] {40}, 39, 8))
            .getMessage());
  }
}
