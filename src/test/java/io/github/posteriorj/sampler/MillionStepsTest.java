package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;

/** A chain and its moments take no more memory after a million steps than at the beginning. */
class MillionStepsTest {

  private static final int EARLY = 10_000;
  private static final int STEPS = 1_000_000;
  private static final double STEP_SIZE = 0.5;

  @Test
  void neitherTheChainNorTheMomentsGrow() {
    QuadraticPotential quadratic =
        new QuadraticPotential(new double[] {1, 1}, new double[] {3, -1});
    Potential stub =
        new Potential() {
          @Override
          public int dimension() {
            return quadratic.dimension();
          }

          @Override
          public Evaluation evaluate(float[][] states) {
            Evaluation evaluation = quadratic.evaluate(states);
            // The image is the state itself.
            return new Evaluation(
                evaluation.potential(),
                evaluation.gradient(),
                evaluation.negativeLogLikelihood(),
                states);
          }
        };
    float[][] states = {{3, -1}};
    ChainState[] start = {ChainState.of(states[0], new float[0], stub.evaluate(states), 0)};
    RandomStream[] random = {RandomStream.of(1, 0)};
    ChainEnsemble walk = new ChainEnsemble(new EulerMaruyama(), start, random, STEP_SIZE, 0);
    OnlineMoments moments = new OnlineMoments(2);
    long early = 0;
    for (int step = 1; step <= STEPS; step++) {
      walk.advance(stub);
      moments.add(walk.places()[0].image());
      if (step == EARLY) {
        early = usedMemory();
      }
    }
    long late = usedMemory();
    // A single number kept of each step would be 8 MB.
    assertTrue(late - early < 4_000_000, "grown by " + (late - early) + " bytes");
    // Euler-Maruyama's own variance; neighbours are correlated by 1 - step size, which makes a
    // million steps worth a third of them for the mean, and 0.6 of them for the variance.
    double variance = 1 / (1 - STEP_SIZE / 2);
    assertEquals(3, moments.mean()[0], 4 * Math.sqrt(variance * 3 / STEPS));
    assertEquals(variance, moments.variance()[1], 4 * variance * Math.sqrt(2.0 / 0.6 / STEPS));
  }

  private static long usedMemory() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
