package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;

/** Metrics against scikit-image and NumPy; expected values by make_image_metrics.py. */
class ImageMetricsTest {

  private static final int HEIGHT = 50;
  private static final int WIDTH = 61;

  /** Intensities are float32 there and here; all else is double precision. */
  private static final double ROUNDING = 1e-5;

  private static final float[] TRUTH = new float[HEIGHT * WIDTH];
  private static final float[] BLURRED = new float[HEIGHT * WIDTH];

  static {
    for (int i = 0; i < TRUTH.length; i++) {
      double x = i % WIDTH;
      double y = i / WIDTH;
      double waves = Math.sin(x / 3) * Math.cos(y / 4);
      TRUTH[i] = (float) (100 + 40 * waves + 20 * Math.sin(1.1 * x + 0.7 * y));
      BLURRED[i] = (float) (100 + 30 * waves + 5 * Math.sin(37 * x + 91 * y));
    }
  }

  @Test
  void theNormalisedErrorIsThatOfScikitImage() {
    assertEquals(0.12894181123138077, NormalisedError.of(BLURRED, TRUTH), ROUNDING);
    assertEquals(0, NormalisedError.of(TRUTH, TRUTH));
  }

  @Test
  void structuralSimilarityIsThatOfScikitImage() {
    assertEquals(0.4544838099908089, StructuralSimilarity.of(BLURRED, TRUTH, WIDTH), ROUNDING);
  }

  @Test
  void ringsCorrelateAsInNumericalPython() {
    FourierRingCorrelation correlation = FourierRingCorrelation.of(TRUTH, BLURRED, WIDTH);
    assertEquals(64, correlation.side());
    assertEquals(33, correlation.correlations().length);
    double[] expected = {
      1, 0.9996267912620471, 3, 0.9999999997514286, 8, 0.9993096274919246,
      12, 0.0090463606045324, 20, 0.21746519573597833, 32, -0.002452362454997337
    };
    for (int i = 0; i < expected.length; i += 2) {
      assertEquals(
          expected[i + 1], correlation.correlations()[(int) expected[i]], ROUNDING, "ring " + i);
    }
    assertEquals(5.924002691877415, correlation.resolution(), ROUNDING);
  }

  @Test
  void imagesAreAlikeToTheirFinestPeriodAndNoiseAtNone() {
    float[] noise = RandomStream.of(3, 0).gaussian(TRUTH.length);
    float[] other = RandomStream.of(3, 1).gaussian(TRUTH.length);
    assertEquals(2, FourierRingCorrelation.of(noise, noise, WIDTH).resolution());
    assertTrue(FourierRingCorrelation.of(noise, other, WIDTH).resolution() > 20);
    // Brightness and contrast do not matter.
    float[] brighter = new float[noise.length];
    for (int i = 0; i < noise.length; i++) {
      brighter[i] = 1000 + 3 * noise[i];
    }
    assertEquals(2, FourierRingCorrelation.of(noise, brighter, WIDTH).resolution());
    assertThrows(
        IllegalArgumentException.class, () -> FourierRingCorrelation.of(noise, new float[7], 7));
  }
}
