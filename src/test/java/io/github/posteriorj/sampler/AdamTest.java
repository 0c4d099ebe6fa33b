package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {

  private static final QuadraticPotential VALLEY =
      new QuadraticPotential(new double[] {1, 100, 0.3}, new double[] {2, -1, 0.5});

  @Test
  void itFindsTheMinimumOfANarrowValleyFromSeveralStarts() {
    float[][] start = {{0, 0, 0}, {3, -3, 1}};
    float[][] end = new Adam(0.05).minimise(progress -> VALLEY, start, 600, () -> {});
    for (float[] state : end) {
      // The last step has a 240th of the rate.
      assertArrayEquals(new float[] {2, -1, 0.5f}, state, 2e-3f);
    }
    assertArrayEquals(new float[] {3, -3, 1}, start[1]);
  }

  @Test
  void theFirstStepMovesEachCoordinateByTheRateAgainstItsGradient() {
    List<float[]> visited = new ArrayList<>();
    Potential watched =
        new Potential() {
          @Override
          public int dimension() {
            return VALLEY.dimension();
          }

          @Override
          public Evaluation evaluate(float[][] states) {
            visited.add(states[0].clone());
            return VALLEY.evaluate(states);
          }
        };
    new Adam(0.05).minimise(progress -> watched, new float[][] {{0, 0, 0}}, 10, () -> {});
    assertArrayEquals(new float[] {0.05f, -0.05f, 0.05f}, visited.get(1), 1e-6f);
  }

  @Test
  void aChainDoesNotDependOnTheOthers() {
    float[][] alone = new Adam(0.05).minimise(p -> VALLEY, new float[][] {{0, 0, 0}}, 20, () -> {});
    float[][] together =
        new Adam(0.05).minimise(p -> VALLEY, new float[][] {{9, 9, 9}, {0, 0, 0}}, 20, () -> {});
    assertArrayEquals(alone[0], together[1]);
  }

  @Test
  void itTellsEachEvaluationAndAsksForThePotentialAtEachShareOfTheSteps() {
    List<Double> shares = new ArrayList<>();
    int[] evaluations = new int[1];
    new Adam(0.05)
        .minimise(
            share -> {
              shares.add(share);
              return VALLEY;
            },
            new float[][] {{0, 0, 0}},
            4,
            () -> evaluations[0]++);
    assertEquals(List.of(0.0, 0.25, 0.5, 0.75), shares);
    assertEquals(4, evaluations[0]);
  }

  @Test
  void withoutStepsTheStartIsReturned() {
    float[][] end = new Adam(0.05).minimise(p -> VALLEY, new float[][] {{1, 2, 3}}, 0, () -> {});
    assertArrayEquals(new float[] {1, 2, 3}, end[0]);
  }
}
