package io.github.posteriorj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RobustLevelTest {

  private static double[] normals(int count, double mean, double deviation) {
    Random random = new Random(4);
    return random.doubles(count).map(any -> mean + deviation * random.nextGaussian()).toArray();
  }

  @Test
  void ofNormalNumbersItIsMeanAndDeviation() {
    RobustLevel level = RobustLevel.of(normals(10_000, 100, 5));
    // The median's standard error is 1.25 sigma / root n, that of the deviation 1.17 sigma / root
    // n.
    assertEquals(100, level.median(), 4 * 1.25 * 5 / 100);
    assertEquals(5, level.deviation(), 4 * 1.17 * 5 / 100);
    assertEquals(1.25 * 5 / 100, level.standardError(), 0.05 * 5 / 100);
  }

  @Test
  void aFewOthersChangeItLittle() {
    double[] values = normals(1000, 100, 5);
    RobustLevel before = RobustLevel.of(values);
    for (int i = 0; i < 50; i++) {
      values[i] = 1e6;
    }
    RobustLevel level = RobustLevel.of(values);
    // The median moves to the quantile at 0.5 / 0.95, 0.066 standard deviations higher.
    assertEquals(before.median(), level.median(), 0.15 * 5);
    assertEquals(before.deviation(), level.deviation(), 0.15 * 5);
  }
}
