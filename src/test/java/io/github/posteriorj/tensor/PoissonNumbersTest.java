package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonNumbersTest {

  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 1, 5, 9.9, 10, 12.5, 60, 700})
  void theyOccurAsOftenAsTheirProbabilitySays(double mean) {
    int highest = (int) (mean + 12 * Math.sqrt(mean) + 12);
    int[] counts = new int[highest + 1];
    RandomStream random = RandomStream.of(7, Math.round(10 * mean));
    for (int i = 0; i < DRAWS; i++) {
      double number = random.poisson(mean);
      assertEquals(Math.rint(number), number);
      counts[(int) number]++;
    }
    double chiSquared = 0;
    int classes = 0;
    double logProbability = -mean;
    double rare = 0;
    int rareCount = 0;
    for (int k = 0; k <= highest; k++) {
      double expected = DRAWS * Math.exp(logProbability);
      if (expected >= 10) {
        chiSquared += Math.pow(counts[k] - expected, 2) / expected;
        classes++;
      } else {
        rare += expected;
        rareCount += counts[k];
      }
      logProbability += Math.log(mean / (k + 1));
    }
    double degrees = classes - 1.0;
    // The distribution's standard deviation is sqrt(2 degrees).
    assertTrue(chiSquared < degrees + 5 * Math.sqrt(2 * degrees), mean + ": " + chiSquared);
    assertEquals(rare, rareCount, 5 * Math.sqrt(rare) + 1);
  }

  @Test
  void noLightIsNoPhotons() {
    RandomStream random = RandomStream.of(7, 0);
    for (int i = 0; i < 100; i++) {
      assertEquals(0, random.poisson(0));
    }
  }

  @Test
  void aBrightImagesMeanAndVarianceAreEqual() {
    double mean = 3e6;
    RandomStream random = RandomStream.of(8, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double difference = random.poisson(mean) - mean;
      sum += difference;
      squares += difference * difference;
    }
    assertEquals(0, sum / DRAWS, 4 * Math.sqrt(mean / DRAWS));
    assertEquals(mean, squares / DRAWS, 4 * mean * Math.sqrt(2.0 / DRAWS));
  }
}
