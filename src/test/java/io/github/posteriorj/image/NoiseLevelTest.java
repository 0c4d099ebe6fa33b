package io.github.posteriorj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseLevelTest {

  private static final int SIZE = 128;

  /**
   * Standard error of the estimate from n coefficients, times the square root of n: 1 / (2 f m) for
   * the density f = 0.6356 of |N(0, 1)| at its median m = 0.6745.
   */
  private static final double RELATIVE_ERROR = 1.167;

  private static float[] image(DoubleBinaryOperator structure, double noise, long seed) {
    float[] pixels = RandomStream.of(seed, 0).gaussian(SIZE * SIZE);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (structure.applyAsDouble(i % SIZE, i / SIZE) + noise * pixels[i]);
    }
    return pixels;
  }

  private static double tolerance(double noise, int coefficients) {
    return 4 * noise * RELATIVE_ERROR / Math.sqrt(coefficients);
  }

  private static void assertEstimated(double noise, float[] pixels) {
    assertEquals(
        noise,
        NoiseLevel.estimate(pixels, SIZE, SIZE),
        tolerance(noise, (SIZE / 2 - 1) * (SIZE / 2 - 1)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 300})
  void whiteNoiseAloneIsMeasured(double noise) {
    assertEstimated(noise, image((x, y) -> 0, noise, 1));
  }

  @Test
  void theQuantilesOfNormalNumbersHaveTheirDeviation() {
    NormalDistribution normal = new NormalDistribution(0, 3);
    double[] quantiles = new double[10_000];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = normal.inverseCumulativeProbability((i + 0.5) / quantiles.length);
    }
    // The quantiles around the median are 3 / (10,000 f) apart, f = 0.3178 being N(0, 1)'s density.
    assertEquals(3, NoiseLevel.robustDeviation(quantiles), 3 * 3 / (10_000 * 0.3178));
  }

  @Test
  void aSteepRampAddsNothing() {
    assertEstimated(2, image((x, y) -> 50 * x - 30 * y, 2, 2));
  }

  @Test
  void blurredSpotsAddNothing() {
    // Spots of standard deviation 3 pixels, 200 times the noise, on a grid of 16 pixels.
    assertEstimated(
        5,
        image(
            (x, y) -> {
              double dx = x % 16 - 8;
              double dy = y % 16 - 8;
              return 1000 * Math.exp(-(dx * dx + dy * dy) / 18);
            },
            5,
            3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 100, 0.1})
  void aBackgroundWithoutNoiseIsLeftOut(double background) {
    float[] pixels = image((x, y) -> background, 4, 4);
    for (int i = 0; i < pixels.length; i++) {
      if (i % SIZE < 80) {
        pixels[i] = (float) background;
      }
    }
    // 24 of 63 columns of coefficients are left.
    assertEquals(4, NoiseLevel.estimate(pixels, SIZE, SIZE), tolerance(4, 24 * 63));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1, 100, 0.1f, 65535, -3.7f})
  void anImageWithoutNoiseHasNone(float value) {
    float[] pixels = new float[SIZE * SIZE];
    Arrays.fill(pixels, value);
    assertEquals(0, NoiseLevel.estimate(pixels, SIZE, SIZE));
  }

  @Test
  void theSmallestAndOddSizesWork() {
    float[] pixels = RandomStream.of(5, 0).gaussian(4 * 5);
    assertEquals(1, NoiseLevel.estimate(pixels, 4, 5), 4 * RELATIVE_ERROR); // one coefficient
    float[] odd = RandomStream.of(6, 0).gaussian(101 * 67);
    assertEquals(1, NoiseLevel.estimate(odd, 101, 67), tolerance(1, 49 * 32));
  }
}
