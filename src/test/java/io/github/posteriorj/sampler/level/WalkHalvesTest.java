package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The comparison of walks' halves: how often it is wrong, and what it finds. */
class WalkHalvesTest {

  private static final Shape IMAGE = new Shape(1, 16, 16);
  private static final int PIXELS = 256;
  private static final int CHAINS = 12;
  private static final int RUNS = 200;

  /**
   * Chains whose images are skewed, far from normal, alike from pixel to pixel, and of which what
   * they show in the end remembers what they showed halfway.
   */
  private static WalkComparison compared(long run, double shift, double growth) {
    RandomStream random = RandomStream.of(run, 0);
    WalkHalves halves = new WalkHalves();
    for (int chain = 0; chain < CHAINS; chain++) {
      double kept = random.gaussian();
      double first = Math.exp(0.6 * kept + 0.8 * random.gaussian());
      double second = shift + growth * Math.exp(0.6 * kept + 0.8 * random.gaussian());
      halves.add(shown(first, random), shown(second, random));
    }
    return halves.compare(run);
  }

  private static double[] shown(double mean, RandomStream random) {
    double[] regions = new RegionMeans(IMAGE).of(image(mean, random));
    double[] all = Arrays.copyOf(regions, regions.length + 1);
    all[regions.length] = mean + random.gaussian();
    return all;
  }

  private static float[] image(double mean, RandomStream random) {
    float[] image = random.gaussian(PIXELS);
    for (int i = 0; i < PIXELS; i++) {
      image[i] = (float) (mean + 0.5 * image[i]);
    }
    return image;
  }

  @Test
  void chainsAtRestAreRejectedNoMoreOftenThanTheLevelSays() {
    double level = 0.1;
    double rejected = 0;
    for (int run = 0; run < RUNS; run++) {
      rejected += compared(run, 0, 1).pValue() <= level ? 1 : 0;
    }
    double error = Math.sqrt(level * (1 - level) / RUNS);
    assertTrue(rejected / RUNS <= level + 4 * error, rejected + " of " + RUNS);
  }

  @Test
  void aShiftIsFoundAndMeasured() {
    WalkComparison shifted = compared(1, 6, 1);
    assertTrue(shifted.pValue() < 0.01);
    // Six, against the standard deviation of both halves together, which the shift is part of.
    assertTrue(shifted.shift() > 1 && shifted.shift() < 2, shifted.toString());
  }

  @Test
  void aWiderSpreadIsFoundAndMeasured() {
    WalkComparison wider = compared(2, 0, 6);
    assertTrue(wider.pValue() < 0.05);
    assertTrue(wider.spread() > 2, wider.toString());
    assertEquals(CHAINS, wider.chains());
  }
}
