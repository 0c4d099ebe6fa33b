package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class DualAveragingTest {

  /** Acceptance exp(-step): the target is met at -ln(target). */
  private static double tuned(double first, double target, double longest, double noise) {
    DualAveraging tuning = DualAveraging.from(first, target, longest);
    RandomStream random = RandomStream.of(1, 0);
    for (int i = 0; i < 2000; i++) {
      double acceptance = Math.exp(-tuning.stepSize()) + noise * (random.uniform() - 0.5);
      tuning = tuning.after(Math.max(0, Math.min(1, acceptance)));
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

  /** Its weights fall as n^-0.75, so that it follows the noise of a thousand steps and more. */
  @Test
  void theAverageIsSteadierThanTheSteps() {
    DualAveraging tuning = DualAveraging.from(0.1, 0.8, 10);
    RandomStream random = RandomStream.of(1, 0);
    OnlineMoments moments = new OnlineMoments(2);
    for (int i = 0; i < 2000; i++) {
      tuning = tuning.after(Math.exp(-tuning.stepSize()) + 0.2 * (random.uniform() - 0.5));
      if (i >= 1000) {
        moments.add(
            new float[] {(float) Math.log(tuning.stepSize()), (float) Math.log(tuning.average())});
      }
    }
    float[] variance = moments.variance();
    assertTrue(variance[1] < variance[0] / 4, variance[1] + " " + variance[0]);
  }

  @Test
  void theLongestStepIsNeverExceeded() {
    assertEquals(0.1, tuned(0.01, 0.6, 0.1, 0), 0.001);
  }

  @Test
  void itBeginsWithTheFirstStep() {
    assertEquals(0.3, DualAveraging.from(0.3, 0.6, 10).stepSize(), 1e-12);
    assertEquals(0.2, DualAveraging.from(0.3, 0.6, 0.2).stepSize(), 1e-12);
  }
}
