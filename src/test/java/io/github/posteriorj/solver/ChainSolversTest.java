package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.level.NormalPosterior;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Methods whose samples are ends of chains, against the closed form of a normal posterior. */
class ChainSolversTest {

  private static final Shape IMAGE = new Shape(1, 8, 8);
  private static final GaussianBlur BLUR = new GaussianBlur(0.7);
  private static final double NOISE = 0.25;
  private static final int SAMPLES = 400;

  /**
   * Of 64 means, or 128 covariances, chance takes one beyond four standard errors once in 100
   * times; the seeds are fixed.
   */
  private static final double STANDARD_ERRORS = 4;

  @TempDir static Path folder;

  @RegisterExtension static final OpenNormalModel MODEL = new OpenNormalModel(() -> folder);

  private static InverseProblem problem() {
    return NormalModel.problem(MODEL.get(), BLUR, NOISE, IMAGE, 6);
  }

  private static NormalPosterior exact() {
    int pixels = (int) IMAGE.size();
    double[] variances = new double[pixels];
    Arrays.fill(variances, NOISE * NOISE);
    return prior().given(BLUR, IMAGE, problem().measurement(), variances);
  }

  private static NormalPosterior prior() {
    int pixels = (int) IMAGE.size();
    return new NormalPosterior(
        new ArrayRealVector(pixels),
        MatrixUtils.createRealIdentityMatrix(pixels).scalarMultiply(NormalModel.VARIANCE));
  }

  private static List<float[]> draws(Solver solver, int samples) {
    List<float[]> draws = new ArrayList<>();
    solver.solve(problem(), samples, sample -> draws.add(sample.image()), Progress.NONE);
    return draws;
  }

  /** Metropolis' acceptance makes any step exact, and trajectories of one radian mix. */
  @Test
  void hamiltonianChainsWithoutAnnealingHaveThePosteriorAsTheirLaw() {
    List<float[]> draws = draws(new NoiseSpaceHamiltonian(25, 4, 0.25, 0), SAMPLES);
    assertTrue(exact().deviationOfMean(draws) < STANDARD_ERRORS);
    assertTrue(exact().deviationOfCovariance(draws, 0, 1) < STANDARD_ERRORS);
  }

  /** A noise that is still more than a thousand times too high at the last trajectory. */
  @Test
  void annealingThatHasNotEndedLeavesThePrior() {
    List<float[]> draws = draws(new NoiseSpaceHamiltonian(25, 4, 0.25, 1e6), SAMPLES);
    assertTrue(prior().deviationOfMean(draws) < STANDARD_ERRORS);
    assertTrue(prior().deviationOfCovariance(draws, 0, 1) < STANDARD_ERRORS);
  }

  @Test
  void splitGibbsSamplingIsWhatChainsAtALevelBeginWith() {
    SplitGibbsSampling alone = new SplitGibbsSampling(0.2, 12);
    assertArrayEquals(
        draws(new LevelLangevin(0.2, 3, 12, 0, 1, 0), 3).toArray(float[][]::new),
        draws(alone, 3).toArray(float[][]::new));
    assertEquals(3 * (1 + 2 * 11 + 4), alone.expectedPasses(problem(), 3));
  }

  @Test
  void splitGibbsSamplingIsNotExact() {
    List<float[]> draws = draws(SplitGibbsSampling.standard(), SAMPLES);
    double off = exact().deviationOfCovariance(draws, 0, 1);
    assertTrue(off > STANDARD_ERRORS, "covariance: " + off + " standard errors");
  }
}
