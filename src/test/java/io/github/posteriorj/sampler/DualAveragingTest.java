package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class DualAveragingTest {

  /** Acceptance exp(-step): the target is met at -ln(target). */
  private static double tuned(double first, double target, double longest, double noise) {
    DualAveraging tuning = new DualAveraging(first, target, longest);
    RandomStream random = RandomStream.of(1, 0);
    for (int i = 0; i < 2000; i++) {
      double acceptance = Math.exp(-tuning.stepSize()) + noise * (random.uniform() - 0.5);
      tuning.learn(Math.max(0, Math.min(1, acceptance)));
    }
    return tuning.average();
  }

  @Test
  void theAverageStepMeetsTheTargetFromBelowAndFromAbove() {
    assertEquals(-Math.log(0.6), tuned(1e-3, 0.6, 10, 0), 0.01);
    assertEquals(-Math.log(0.6), tuned(5, 0.6, 10, 0), 0.01);
  }

  @Test
  void noiseInTheAcceptanceAveragesOut() {
    assertEquals(-Math.log(0.8), tuned(0.1, 0.8, 10, 0.2), 0.03);
  }

  @Test
  void theLongestStepIsNeverExceeded() {
    assertEquals(0.1, tuned(0.01, 0.6, 0.1, 0), 0.001);
  }

  @Test
  void itBeginsWithTheFirstStep() {
    assertEquals(0.3, new DualAveraging(0.3, 0.6, 10).stepSize(), 1e-12);
    assertEquals(0.2, new DualAveraging(0.3, 0.6, 0.2).stepSize(), 1e-12);
  }
}
