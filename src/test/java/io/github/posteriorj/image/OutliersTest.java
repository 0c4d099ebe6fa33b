package io.github.posteriorj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutliersTest {

  private static final int SIZE = 48;

  /** Waves of 20 pixels between 100 and 300, with noise. */
  private static float[] waves(double noise, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[SIZE * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      double wave = 100 * Math.sin(i % SIZE / 3.0) * Math.cos(i / SIZE / 3.0);
      pixels[i] = (float) (200 + wave + noise * random.nextGaussian());
    }
    return pixels;
  }

  private static void addSpot(float[] pixels, int column, int row, double peak, double sigma) {
    for (int i = 0; i < pixels.length; i++) {
      double x = (i % SIZE - column) / sigma;
      double y = (i / SIZE - row) / sigma;
      pixels[i] += (float) (peak * Math.exp(-(x * x + y * y) / 2));
    }
  }

  private static int[] found(float[] pixels) {
    boolean[] outliers = Outliers.find(pixels, SIZE, SIZE, Progress.NONE);
    return IntStream.range(0, pixels.length).filter(i -> outliers[i]).toArray();
  }

  @ParameterizedTest
  @CsvSource({"20, 20", "1, 1", "0, 30", "46, 5"})
  void aHotOrDeadPixelIsFoundWhereverItIs(int column, int row) {
    int place = row * SIZE + column;
    for (float value : new float[] {65535, 500, -200}) {
      float[] pixels = waves(10, 3);
      pixels[place] = value;
      int[] found = found(pixels);
      assertEquals(1, found.length, column + ", " + row + ": " + value);
      assertEquals(place, found[0]);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "47, 0", "0, 47", "47, 47"})
  void inACornerItIsFoundWhereItIsFarOff(int column, int row) {
    float[] pixels = waves(10, 3);
    pixels[row * SIZE + column] = 65535;
    assertEquals(1, found(pixels).length);
  }

  @Test
  void aGroupOfThreeIsFound() {
    float[] pixels = waves(10, 3);
    pixels[20 * SIZE + 20] = 5000;
    pixels[20 * SIZE + 21] = 4000;
    pixels[21 * SIZE + 20] = 4500;
    assertEquals(3, found(pixels).length);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 10, 100})
  void anOrdinaryImageHasNone(double noise) {
    for (int seed = 0; seed < 20; seed++) {
      assertEquals(0, found(waves(noise, seed)).length);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.6, 300", "0.6, 10000", "0.7, 300", "1, 300", "1, 1e6", "2, 3000"})
  void aPointOfLightIsNone(double sigma, double peak) {
    float[] pixels = waves(10, 3);
    addSpot(pixels, 0, 0, peak, sigma);
    addSpot(pixels, 21, 17, peak, sigma);
    addSpot(pixels, 30, 47, peak, sigma);
    assertEquals(0, found(pixels).length);
  }

  @Test
  void photonNoiseIsNone() {
    Random random = new Random(8);
    float[] pixels = new float[SIZE * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      // Dark on the left, bright on the right, as noisy as photons are.
      double light = i % SIZE < SIZE / 2 ? 4 : 10_000;
      pixels[i] = (float) Math.rint(light + Math.sqrt(light) * random.nextGaussian());
    }
    assertEquals(0, found(pixels).length);
  }

  @Test
  void anImageOfPointsHasNone() {
    float[] pixels = waves(1, 3);
    for (int row = 3; row < SIZE; row += 6) {
      for (int column = 3; column < SIZE; column += 6) {
        pixels[row * SIZE + column] += 5000;
      }
    }
    assertEquals(0, found(pixels).length);
  }

  @Test
  void whatIsNotKnownIsNoneAndHidesNone() {
    float[] pixels = waves(10, 3);
    pixels[20 * SIZE + 20] = 65535;
    pixels[20 * SIZE + 21] = Float.NaN;
    pixels[3] = Float.NaN;
    boolean[] outliers = Outliers.find(pixels, SIZE, SIZE, Progress.NONE);
    assertTrue(outliers[20 * SIZE + 20]);
    assertFalse(outliers[3]);
    assertEquals(1, found(pixels).length);
  }

  /** The square around each pixel is sorted some times: microseconds, if that is all. */
  @Test
  void aMillionPixelsAreLookedAtWithinSeconds() {
    float[] pixels = RandomStream.of(4, 0).gaussian(1 << 20);
    boolean[] outliers =
        assertTimeout(
            Duration.ofSeconds(5), () -> Outliers.find(pixels, 1 << 10, 1 << 10, Progress.NONE));
    assertEquals(1 << 20, outliers.length);
  }

  @Test
  void theSearchTellsHowFarItIsAndCanBeEnded() {
    int width = 1 << 10;
    float[] pixels = new float[width * 700];
    List<String> heard = new ArrayList<>();
    Outliers.find(
        pixels, width, 700, (stage, done, total) -> heard.add(stage + " " + done + "/" + total));
    String stage = "Looking for outliers ";
    assertEquals(List.of(stage + "1/3", stage + "2/3", stage + "3/3"), heard);
    assertThrows(
        CancellationException.class,
        () ->
            Outliers.find(
                pixels,
                width,
                700,
                (any, done, total) -> {
                  assertEquals(1, done);
                  throw new CancellationException();
                }));
  }
}
