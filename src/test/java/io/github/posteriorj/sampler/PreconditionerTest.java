package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreconditionerTest {

  private static final int DIMENSION = 50;

  /** A likelihood whose curvature is large along two skew directions. */
  private static final class Ravine implements Potential {

    private static final double[] CURVATURES = {4000, 300};
    private final float[][] directions = new float[2][DIMENSION];

    Ravine() {
      for (int i = 0; i < DIMENSION; i++) {
        directions[0][i] = (float) (1 / Math.sqrt(DIMENSION));
        directions[1][i] = (float) ((i % 2 == 0 ? 1 : -1) / Math.sqrt(DIMENSION));
      }
    }

    /** Draws whose mean outer product is the curvature of the likelihood. */
    float[][] scores(int count) {
      RandomStream random = RandomStream.of(4, 0);
      float[][] scores = new float[count][DIMENSION];
      for (float[] score : scores) {
        for (int k = 0; k < CURVATURES.length; k++) {
          double length = Math.sqrt(CURVATURES[k]) * random.gaussian();
          for (int i = 0; i < DIMENSION; i++) {
            score[i] += (float) (length * directions[k][i]);
          }
        }
      }
      return scores;
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public Evaluation evaluate(float[][] states) {
      double[] potential = new double[states.length];
      float[][] gradient = new float[states.length][];
      for (int chain = 0; chain < states.length; chain++) {
        gradient[chain] = states[chain].clone();
        potential[chain] = product(states[chain], states[chain]) / 2;
        for (int k = 0; k < CURVATURES.length; k++) {
          double along = product(states[chain], directions[k]);
          potential[chain] += CURVATURES[k] * along * along / 2;
          for (int i = 0; i < DIMENSION; i++) {
            gradient[chain][i] += (float) (CURVATURES[k] * along * directions[k][i]);
          }
        }
      }
      return new Evaluation(
          potential, gradient, new double[states.length], new float[states.length][0]);
    }
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double curvature(Potential potential) {
    float[][] origin = new float[1][DIMENSION];
    return Curvature.largest(
        potential,
        ChainState.all(origin, potential.evaluate(origin)),
        30,
        new RandomStream[] {RandomStream.of(9, 0)});
  }

  @Test
  void lowRankCoordinatesFlattenTheRavineThatTheScoresTellOf() {
    Ravine ravine = new Ravine();
    assertEquals(4001, curvature(ravine), 4);
    LowRankPreconditioner learnt = LowRankPreconditioner.ofScores(ravine.scores(400));
    assertEquals(2, learnt.eigenvalues().length);
    // The variance of 400 normal numbers, four standard errors: sqrt(2 / 400) * 4 = 28 %.
    assertEquals(4000, learnt.eigenvalues()[0], 0.28 * 4000);
    double flattened = curvature(learnt.precondition(ravine));
    assertTrue(flattened < 1 / (1 - 0.28), "curvature " + flattened);
  }

  @Test
  void withFewerScoresThanDirectionsTheRestStaysAsItIs() {
    LowRankPreconditioner learnt = LowRankPreconditioner.ofScores(new Ravine().scores(1));
    assertEquals(1, learnt.eigenvalues().length);
    float[] across = new float[DIMENSION];
    // Orthogonal to both directions.
    across[0] = 1;
    across[2] = -1;
    assertArrayEquals(across, learnt.toLatent(across), 1e-5f);
  }

  @Test
  void manyMoreScoresThanDirectionsAreNoHindrance() {
    float[][] scores = new float[160][64];
    for (int i = 0; i < scores.length; i++) {
      float length = (float) RandomStream.of(5, i).gaussian();
      for (int j = 0; j < 64; j++) {
        scores[i][j] = length * (j % 8);
      }
    }
    double[] eigenvalues = LowRankPreconditioner.ofScores(scores).eigenvalues();
    assertEquals(1, eigenvalues.length);
    // 8 (0 + 1 + 4 + ... + 49), and four standard errors of the variance of 160 normal numbers.
    assertEquals(1120, eigenvalues[0], 1120 * 4 * Math.sqrt(2.0 / 160));
  }

  @Test
  void withoutInformationTheCoordinatesAreTheNoise() {
    float[] z = RandomStream.of(2, 0).gaussian(DIMENSION);
    Preconditioner learnt = LowRankPreconditioner.ofScores(new float[20][DIMENSION]);
    assertArrayEquals(z, learnt.toLatent(z));
  }

  @Test
  void diagonalCoordinatesScaleEachByItsOwnInformation() {
    float[][] scores = {{3, 0, 1}, {3, 0, -1}};
    Preconditioner learnt = DiagonalPreconditioner.ofScores(scores);
    assertArrayEquals(
        new float[] {(float) Math.sqrt(0.1), 1, (float) Math.sqrt(0.5)},
        learnt.toLatent(new float[] {1, 1, 1}),
        1e-6f);
  }

  @ParameterizedTest
  @EnumSource(Preconditioning.class)
  void coordinatesLeadBackToTheNoise(Preconditioning preconditioning) {
    Preconditioner learnt = preconditioning.learn(new Ravine().scores(20));
    float[] z = RandomStream.of(2, 0).gaussian(DIMENSION);
    float[] kept = z.clone();
    assertArrayEquals(z, learnt.toLatent(learnt.toCoordinates(z)), 1e-4f);
    assertArrayEquals(kept, z);
  }

  @ParameterizedTest
  @EnumSource(Preconditioning.class)
  void thePotentialIsTheSameAndItsGradientThatOfTheCoordinates(Preconditioning preconditioning) {
    Ravine ravine = new Ravine();
    Preconditioner learnt = preconditioning.learn(ravine.scores(20));
    Potential preconditioned = learnt.precondition(ravine);
    float[] z = RandomStream.of(2, 0).gaussian(DIMENSION);
    float[] w = learnt.toCoordinates(z);
    double potential = ravine.evaluate(new float[][] {z}).potential()[0];
    Potential.Evaluation there = preconditioned.evaluate(new float[][] {w});
    assertEquals(potential, there.potential()[0], 1e-4 * potential);
    float[] direction = RandomStream.of(2, 1).gaussian(DIMENSION);
    float[] ahead = w.clone();
    float[] behind = w.clone();
    // The potential is quadratic: a central difference is exact at any length.
    double h = 0.2;
    for (int i = 0; i < DIMENSION; i++) {
      ahead[i] += (float) (h * direction[i]);
      behind[i] -= (float) (h * direction[i]);
    }
    double[] values = preconditioned.evaluate(new float[][] {ahead, behind}).potential();
    double slope = product(there.gradient()[0], direction);
    assertEquals(slope, (values[0] - values[1]) / (2 * h), 1e-3 * Math.abs(slope) + 0.05);
    ChainState place =
        learnt.inCoordinates(ChainState.of(z, new float[0], ravine.evaluate(new float[][] {z}), 0));
    assertArrayEquals(w, place.position());
    assertEquals(potential, place.potential());
    // Gradients of some hundreds, rounded to float32.
    assertArrayEquals(there.gradient()[0], place.gradient(), 0.05f);
  }
}
