package io.github.posteriorj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.likelihood.PoissonGaussianLikelihood;
import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarianceLineTest {

  private static final int SIZE = 192;
  private static final int RUNS = 12;
  private static final double OFFSET = 100;

  /** Soft spots of light on a dim background, of all brightnesses up to 80 photons. */
  private static float[] spots() {
    float[] photons = new float[SIZE * SIZE];
    for (int i = 0; i < photons.length; i++) {
      double x = i % SIZE / 9.0;
      double y = i / SIZE / 11.0;
      photons[i] = (float) (3 + 77 * Math.pow(0.5 + 0.5 * Math.sin(x) * Math.cos(y), 2));
    }
    return photons;
  }

  private static float[] camera(float[] photons, double gain, double readNoise, long seed) {
    float[] light = new float[photons.length];
    for (int i = 0; i < light.length; i++) {
      light[i] = (float) (OFFSET + gain * photons[i]);
    }
    return new PoissonGaussianLikelihood(gain, OFFSET, readNoise)
        .simulate(light, RandomStream.of(seed, 0));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 3", "2.5, 10", "0.4, 0.5"})
  void gainAndReadNoiseAreFound(double gain, double readNoise) {
    double slope = 0;
    double dark = 0;
    double slopeSquares = 0;
    double darkSquares = 0;
    for (int run = 0; run < RUNS; run++) {
      VarianceLine line = VarianceLine.estimate(camera(spots(), gain, readNoise, run), SIZE, SIZE);
      double relative = line.slope() / gain;
      double variance = line.at(OFFSET) / (gain * gain);
      slope += relative / RUNS;
      dark += variance / RUNS;
      slopeSquares += relative * relative / RUNS;
      darkSquares += variance * variance / RUNS;
    }
    double slopeError = Math.sqrt((slopeSquares - slope * slope) / (RUNS - 1));
    double darkError = Math.sqrt((darkSquares - dark * dark) / (RUNS - 1));
    // Four standard errors of the mean of the runs, and a bias: means over a neighbourhood round
    // the darkest and the brightest places off, by about a per cent of the 80 photons.
    assertEquals(1, slope, 4 * slopeError + 0.03);
    assertEquals(Math.pow(readNoise / gain, 2), dark, 4 * darkError + 0.8);
    assertTrue(slopeError < 0.05, "slope " + slopeError);
  }

  /** Fine structure looks like noise, here of 40 times the variance, at the brightest places. */
  @Test
  void textureAtOneBrightnessHardlyCounts() {
    float[] photons = spots();
    for (int y = 0; y < SIZE / 4; y++) {
      for (int x = 0; x < SIZE / 3; x++) {
        photons[y * SIZE + x] = (x + y) % 2 == 0 ? 120 : 80;
      }
    }
    double slope = 0;
    for (int run = 0; run < RUNS; run++) {
      slope += VarianceLine.estimate(camera(photons, 1, 3, run), SIZE, SIZE).slope() / RUNS;
    }
    // Huber's weights let these level sets pull like ones that are 1.345 standard errors off, of a
    // fifth of the variance each: by less than if all sets were. The errors' squares would let them
    // pull by all of the texture's variance.
    assertEquals(1, slope, 1.345 * 2 * 1.1664 / Math.sqrt(128));
  }

  @Test
  void whiteNoiseHasAFlatLine() {
    float[] pixels = RandomStream.of(3, 0).gaussian(SIZE * SIZE);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 5 * pixels[i] + i % SIZE;
    }
    VarianceLine line = VarianceLine.estimate(pixels, SIZE, SIZE);
    assertEquals(25, line.at(SIZE / 2.0), 2);
    assertEquals(0, line.slope() * SIZE, 5);
  }

  @Test
  void aSmallImageIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> VarianceLine.estimate(new float[32 * 32], 32, 32))
            .getMessage();
    assertTrue(message.contains("about 60 x 60"), message);
  }
}
