package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class OnlineMomentsTest {

  private static final int PIXELS = 3;

  /** Images of a large offset and a small spread, which a sum of squares in one pass would lose. */
  private static float[] next(RandomStream random) {
    return new float[] {
      (float) (1e4 + random.gaussian()),
      (float) (-2 + 1e-3 * random.gaussian()),
      (float) (50 * random.gaussian())
    };
  }

  @Test
  void aMillionImagesGiveTheMomentsOfTwoPassesInConstantMemory() {
    int images = 1_000_000;
    OnlineMoments moments = new OnlineMoments(PIXELS);
    RandomStream random = RandomStream.of(1, 0);
    for (int i = 0; i < 1000; i++) {
      moments.add(next(random));
    }
    long before = usedMemory();
    for (int i = 1000; i < images; i++) {
      moments.add(next(random));
    }
    // Kept images would take 24 MB and more.
    assertTrue(usedMemory() - before < 8 << 20);

    double[] mean = new double[PIXELS];
    random = RandomStream.of(1, 0);
    for (int i = 0; i < images; i++) {
      float[] image = next(random);
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        mean[pixel] += image[pixel] / images;
      }
    }
    double[] variance = new double[PIXELS];
    random = RandomStream.of(1, 0);
    for (int i = 0; i < images; i++) {
      float[] image = next(random);
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        double residual = image[pixel] - mean[pixel];
        variance[pixel] += residual * residual / (images - 1);
      }
    }
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      // Double precision on the way, float32 at the end.
      assertEquals(mean[pixel], moments.mean()[pixel], 1e-7 * Math.abs(mean[pixel]) + 1e-9);
      assertEquals(variance[pixel], moments.variance()[pixel], 1e-6 * variance[pixel]);
    }
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Test
  void theVarianceIsTheUnbiasedOne() {
    OnlineMoments moments = new OnlineMoments(1);
    for (float value : new float[] {1, 2, 3, 4}) {
      moments.add(new float[] {value});
    }
    assertArrayEquals(new float[] {2.5f}, moments.mean());
    assertEquals(5.0 / 3, moments.variance()[0], 1e-6);
  }

  @Test
  void withoutImagesAndWithOneThereIsNoVariance() {
    OnlineMoments moments = new OnlineMoments(2);
    assertArrayEquals(new float[2], moments.mean());
    assertArrayEquals(new float[] {Float.NaN, Float.NaN}, moments.variance());
    moments.add(new float[] {5, 6});
    assertArrayEquals(new float[] {5, 6}, moments.mean());
    assertArrayEquals(new float[] {Float.NaN, Float.NaN}, moments.variance());
  }
}
