package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CurvatureTest {

  private static double estimate(double[] curvatures, int chains, int iterations, int[] calls) {
    QuadraticPotential potential =
        new QuadraticPotential(curvatures, new double[curvatures.length]);
    float[][] states = new float[chains][];
    RandomStream[] random = new RandomStream[chains];
    for (int chain = 0; chain < chains; chain++) {
      random[chain] = RandomStream.of(3, chain);
      states[chain] = random[chain].gaussian(curvatures.length);
    }
    ChainState[] places = ChainState.all(states, potential.evaluate(states));
    return Curvature.largest(potential.observedBy(() -> calls[0]++), places, iterations, random);
  }

  private static double[] spectrum(double largest, double others) {
    double[] curvatures = new double[200];
    Arrays.fill(curvatures, others);
    curvatures[17] = largest;
    return curvatures;
  }

  @Test
  void aDirectionThatStandsOutIsFound() {
    int[] calls = new int[1];
    double found = estimate(spectrum(5000, 10), 2, 10, calls);
    // After k products the rest of the spectrum counts by (10 / 5000)^2k; float32 remains.
    assertEquals(5000, found, 5000 * 1e-4);
    assertEquals(10, calls[0]);
  }

  @Test
  void theEstimateIsALowerBoundThatTightens() {
    double[] curvatures = spectrum(100, 50);
    double rough = estimate(curvatures, 1, 1, new int[1]);
    double better = estimate(curvatures, 1, 5, new int[1]);
    double good = estimate(curvatures, 1, 20, new int[1]);
    assertTrue(rough < better && better < good, rough + " " + better + " " + good);
    assertTrue(rough >= 49 && good <= 100 * 1.0001, rough + " " + good);
  }

  @Test
  void aFlatPotentialHasNone() {
    assertEquals(0, estimate(new double[200], 2, 10, new int[1]));
  }
}
