package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of a linear prior's posterior against its closed form. */
class LinearPosteriorTest {

  private static final int CHAINS = 200;
  private static final int ROUNDS = 10;
  private static final double STANDARD_ERRORS = 4;

  @TempDir static Path folder;
  private static LinearPosterior linear;

  @BeforeAll
  static void makePosterior() throws Exception {
    linear = LinearPosterior.in(folder.resolve("linear"));
  }

  @AfterAll
  static void closePosterior() {
    linear.close();
  }

  /** Samples by chain, and how far their moments lie from expected ones, in standard errors. */
  private record Draws(List<List<float[]>> chains) {

    static Draws of(SamplerSettings settings) {
      List<List<float[]>> chains = new ArrayList<>();
      for (int chain = 0; chain < settings.chains(); chain++) {
        chains.add(new ArrayList<>());
      }
      new LangevinSampler(new EulerMaruyama(), settings)
          .run(
              linear.posterior,
              sample -> chains.get(sample.chain()).add(sample.image()),
              SamplingListener.NONE);
      return new Draws(chains);
    }

    /**
     * The largest deviation of the mean, in Monte-Carlo standard errors from the chains' spread.
     */
    double deviationOfMean(RealVector expected) {
      double worst = 0;
      for (int pixel = 0; pixel < LinearPosterior.PIXELS; pixel++) {
        int i = pixel;
        worst = Math.max(worst, deviation(sample -> sample[i], expected.getEntry(pixel)));
      }
      return worst;
    }

    /** The same of the covariance about the expected mean. */
    double deviationOfCovariance(RealVector mean, RealMatrix expected) {
      double worst = 0;
      for (int row = 0; row < LinearPosterior.PIXELS; row++) {
        for (int column = 0; column <= row; column++) {
          int i = row;
          int j = column;
          worst =
              Math.max(
                  worst,
                  deviation(
                      sample -> (sample[i] - mean.getEntry(i)) * (sample[j] - mean.getEntry(j)),
                      expected.getEntry(row, column)));
        }
      }
      return worst;
    }

    private double deviation(Functional functional, double expected) {
      OnlineScalar means = new OnlineScalar();
      for (List<float[]> chain : chains) {
        means.add(chain.stream().mapToDouble(functional::of).average().orElseThrow());
      }
      return Math.abs(means.mean() - expected) / Math.sqrt(means.variance() / chains.size());
    }
  }

  private interface Functional {
    double of(float[] sample);
  }

  /** Welford's moments of numbers. */
  private static final class OnlineScalar {
    private final OnlineMoments moments = new OnlineMoments(1);

    void add(double value) {
      moments.add(new float[] {(float) value});
    }

    double mean() {
      return moments.mean()[0];
    }

    double variance() {
      return moments.variance()[0];
    }
  }

  /**
   * Euler-Maruyama's own covariance at rest, for a precision P and a step tau: (P - tau P^2 /
   * 2)^-1, the solution of S = (I - tau P) S (I - tau P) + 2 tau I.
   */
  private static RealMatrix eulerMaruyamaCovariance(RealMatrix precision, double stepSize) {
    return MatrixUtils.inverse(
        precision.subtract(precision.multiply(precision).scalarMultiply(stepSize / 2)));
  }

  private static SamplerSettings settings(WarmStart start, int burnIn, double stepSize) {
    return new SamplerSettings(CHAINS * ROUNDS, CHAINS, start, 150, burnIn, 200, stepSize, 42);
  }

  @Test
  void eulerMaruyamaHasTheClosedFormMeanAndItsOwnKnownCovariance() {
    double stepSize = 0.25 / linear.largestCurvature();
    Draws draws = Draws.of(settings(WarmStart.MAXIMUM_LIKELIHOOD, 1500, stepSize));
    RealVector mean = linear.meanImage();
    RealMatrix covariance =
        linear.imageCovariance(eulerMaruyamaCovariance(linear.precision, stepSize));
    assertTrue(draws.deviationOfMean(mean) < STANDARD_ERRORS);
    assertTrue(draws.deviationOfCovariance(mean, covariance) < STANDARD_ERRORS);
  }

  @Test
  void theCheckSeesAPriorTermOfTheWrongScale() {
    double stepSize = 0.25 / linear.largestCurvature();
    Draws draws = Draws.of(settings(WarmStart.MAXIMUM_LIKELIHOOD, 1500, stepSize));
    RealMatrix weakPrior =
        linear.precision.subtract(
            MatrixUtils.createRealIdentityMatrix(LinearPosterior.PIXELS).scalarMultiply(0.5));
    RealMatrix covariance = linear.imageCovariance(eulerMaruyamaCovariance(weakPrior, stepSize));
    assertTrue(draws.deviationOfCovariance(linear.meanImage(), covariance) > 2 * STANDARD_ERRORS);
  }

  @Test
  void randomiseThenOptimiseDrawsExactSamplesOfALinearPosterior() {
    SamplerSettings settings =
        new SamplerSettings(2000, 2000, WarmStart.RANDOMISE_THEN_OPTIMISE, 600, 0, 1, 1e-9, 7);
    Draws draws = Draws.of(settings);
    RealMatrix covariance = linear.imageCovariance(MatrixUtils.inverse(linear.precision));
    assertTrue(draws.deviationOfMean(linear.meanImage()) < STANDARD_ERRORS);
    assertTrue(draws.deviationOfCovariance(linear.meanImage(), covariance) < STANDARD_ERRORS);
  }

  @Test
  void theChosenStepSizeFollowsTheLargestCurvature() {
    SamplerSettings settings =
        new SamplerSettings(8, 8, WarmStart.RANDOMISE_THEN_OPTIMISE, 50, 0, 1, 0, 1);
    SamplerReport report =
        new LangevinSampler(new EulerMaruyama(), settings)
            .run(linear.posterior, sample -> {}, SamplingListener.NONE);
    // Power iteration gives a lower bound of the curvature: the product is 0.25 or a little more.
    double product = report.stepSize() * linear.largestCurvature();
    assertTrue(product >= 0.249 && product < 0.35, "step size times curvature: " + product);
  }

  @Test
  void aStepSizeThatBlowsUpIsHalvedAndReported() {
    double unstable = 8 / linear.largestCurvature();
    SamplerSettings settings =
        new SamplerSettings(64, 8, WarmStart.RANDOMISE_THEN_OPTIMISE, 50, 400, 20, unstable, 1);
    List<float[]> images = new ArrayList<>();
    SamplerReport report =
        new LangevinSampler(new EulerMaruyama(), settings)
            .run(linear.posterior, sample -> images.add(sample.image()), SamplingListener.NONE);
    assertTrue(report.halvings() >= 2);
    assertTrue(report.stepSize() < 2 / linear.largestCurvature());
    assertEquals(64, images.size());
    for (float[] image : images) {
      for (float value : image) {
        assertTrue(Math.abs(value) < 100);
      }
    }
  }

  @Test
  void theGeneratorIsTheMatrixThatTheTestKnows() {
    float[][] states = new float[1][LinearPosterior.PIXELS];
    states[0][5] = 1;
    float[] image = linear.posterior.evaluate(states).image()[0];
    RealMatrix unit = new Array2DRowRealMatrix(LinearPosterior.PIXELS, 1);
    unit.setEntry(5, 0, 1);
    RealMatrix expected = linear.generator.multiply(unit);
    for (int i = 0; i < image.length; i++) {
      assertEquals(expected.getEntry(i, 0) + 0.2, image[i], 1e-5);
    }
  }
}
