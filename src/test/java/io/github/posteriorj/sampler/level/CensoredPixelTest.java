package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.operator.PixelResponse;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws of a pixel follow its density, by quadrature. */
class CensoredPixelTest {

  private static final int DRAWS = 4000;
  private static final double STEP = 1e-4;

  /**
   * A lit pixel; dark and bright ones beyond the limits; two that the noise leaves in doubt; one
   * whose centre contradicts the measurement; a camera that turns dark into bright, and one with an
   * upper limit alone.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 0, -1, 1, 0.3, 0.1, 0.1, 0.2",
    "2, 0, -1, 1, -1.02, 0.1, -0.6, 0.2",
    "2, 0, -1, 1, 1.1, 0.1, 0.4, 0.3",
    "2, 0, -1, 1, -0.93, 0.1, -0.5, 0.1",
    "2, 0.5, -1, 1, 0.9, 0.3, 0.2, 0.5",
    "2, 0, -1, 1, -1, 0.1, 2, 0.3",
    "-1.5, 0.2, -1, 1, -1.1, 0.2, 0.5, 0.4",
    "1, 0, -Infinity, 0.5, 0.45, 0.1, 0.6, 0.2",
  })
  void drawsFollowTheDensity(
      double gain,
      double offset,
      double low,
      double high,
      double y,
      double noise,
      double centre,
      double deviation) {
    PixelResponse camera = new PixelResponse(gain, offset, low, high);
    double precision = 1 / (noise * noise);
    CensoredPixel pixel = new CensoredPixel(camera, y, precision, centre, deviation);
    RandomStream random = RandomStream.of(4, 1);
    double[] drawn = new double[DRAWS];
    Arrays.setAll(drawn, i -> pixel.drawn(random));
    Arrays.sort(drawn);

    double all = 0;
    double[] below = new double[DRAWS];
    int next = 0;
    for (double v = centre - 9 * deviation; v < centre + 9 * deviation; v += STEP) {
      while (next < DRAWS && drawn[next] < v) {
        below[next++] = all;
      }
      double residual = y - Math.min(Math.max(gain * v + offset, low), high);
      double off = (v - centre) / deviation;
      all += Math.exp(-(off * off + precision * residual * residual) / 2);
    }
    assertEquals(DRAWS, next);
    // Kolmogorov's distance exceeds 1.95 / sqrt(n) once in a thousand times.
    for (int i = 0; i < DRAWS; i++) {
      double distance = Math.abs(below[i] / all - (i + 0.5) / DRAWS);
      assertTrue(distance < 1.95 / Math.sqrt(DRAWS), "draw " + i + " is off by " + distance);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, -50, 0.05",
    "-1, 50, 0.05",
    "0.4, 40, 0.05",
    "1, -1000, 0.05",
    "-1.1, 0.195, 0.1"
  })
  void noContradictionIsTooStrong(double y, double centre, double deviation) {
    PixelResponse camera = new PixelResponse(2, 0, -1, 1);
    CensoredPixel pixel = new CensoredPixel(camera, y, 100, centre, deviation);
    RandomStream random = RandomStream.of(5, 1);
    for (int i = 0; i < 20_000; i++) {
      double drawn = pixel.drawn(random);
      assertTrue(Math.abs(drawn - centre) < 2000 && Math.abs(drawn) < 2000, "drew " + drawn);
    }
  }

  @Test
  void whereNothingIsToldOrNothingIsInDoubtTheDrawIsTheCentre() {
    RandomStream random = RandomStream.of(5, 1);
    PixelResponse camera = new PixelResponse(1, 0, Double.NEGATIVE_INFINITY, 0.5);
    assertEquals(0.6, new CensoredPixel(camera, 0.4, 0, 0.6, 0.2).drawn(random));
    assertEquals(0.6, new CensoredPixel(camera, 0.4, 100, 0.6, 0).drawn(random));
  }
}
