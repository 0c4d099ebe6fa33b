package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of a linear prior's posterior against its closed form. */
class LinearPosteriorTest {

  private static final int CHAINS = 400;
  private static final double STANDARD_ERRORS = 4;

  /**
   * Every ninth pixel is looked at, with its neighbours at these distances: of all 256 pixels and
   * their pairs, chance would take one beyond four standard errors too often.
   */
  private static final int STRIDE = 9;

  private static final int[] DISTANCES = {0, 1, 17};

  @TempDir static Path folder;
  private static LinearPosterior linear;
  private static RealMatrix exactCovariance;

  @BeforeAll
  static void makePosterior() throws Exception {
    linear = LinearPosterior.in(folder.resolve("linear"));
    exactCovariance = linear.imageCovariance(MatrixUtils.inverse(linear.precision));
  }

  @AfterAll
  static void closePosterior() {
    linear.close();
  }

  /** One sample of each of many independent chains. */
  private record Draws(List<float[]> images) {

    static Draws of(SamplerSettings settings) {
      List<float[]> images = new ArrayList<>();
      new PosteriorSampler(settings)
          .run(linear.posterior, sample -> images.add(sample.image()), Progress.NONE);
      return new Draws(images);
    }

    /** The largest deviation of the mean from an expected one, in Monte-Carlo standard errors. */
    double deviationOfMean(RealVector expected, RealMatrix covariance) {
      double worst = 0;
      for (int i = 0; i < LinearPosterior.PIXELS; i += STRIDE) {
        int pixel = i;
        double mean = mean(image -> image[pixel]);
        worst = Math.max(worst, deviation(mean, expected.getEntry(i), covariance.getEntry(i, i)));
      }
      return worst;
    }

    /** The same of variances and covariances about the expected mean. */
    double deviationOfCovariance(RealVector expected, RealMatrix covariance) {
      double worst = 0;
      for (int i = 0; i < LinearPosterior.PIXELS; i += STRIDE) {
        for (int distance : DISTANCES) {
          int first = i;
          int second = (i + distance) % LinearPosterior.PIXELS;
          double found =
              mean(
                  image ->
                      (image[first] - expected.getEntry(first))
                          * (image[second] - expected.getEntry(second)));
          double both = covariance.getEntry(first, second);
          // The variance of a product of two normal numbers.
          double variance =
              covariance.getEntry(first, first) * covariance.getEntry(second, second) + both * both;
          worst = Math.max(worst, deviation(found, both, variance));
        }
      }
      return worst;
    }

    private double mean(ToDoubleFunction<float[]> functional) {
      return images.stream().mapToDouble(functional).average().orElseThrow();
    }

    private double deviation(double found, double expected, double variance) {
      return Math.abs(found - expected) / Math.sqrt(variance / images.size());
    }
  }

  /** Chains that begin with draws of the prior and give one sample each. */
  private static SamplerSettings settings(Integrator integrator, double stepSize, int burnIn) {
    return SamplerSettings.standard(CHAINS, 42)
        .withChains(CHAINS)
        .withStart(WarmStart.MAXIMUM_LIKELIHOOD, 0)
        .withIntegrator(integrator, stepSize)
        .withPreconditioning(Preconditioning.NONE)
        .withTransitions(burnIn, 1);
  }

  private static void check(Draws draws, RealMatrix covariance) {
    RealVector mean = linear.meanImage();
    double ofMean = draws.deviationOfMean(mean, covariance);
    double ofCovariance = draws.deviationOfCovariance(mean, covariance);
    assertTrue(ofMean < STANDARD_ERRORS, "mean: " + ofMean + " standard errors");
    assertTrue(ofCovariance < STANDARD_ERRORS, "covariance: " + ofCovariance + " standard errors");
  }

  /** A law at rest with the precision P's own covariance, up to the bias of a step tau. */
  private static RealMatrix eulerMaruyamaCovariance(double stepSize) {
    // S = (I - tau P) S (I - tau P) + 2 tau I
    RealMatrix p = linear.precision;
    RealMatrix biased = p.subtract(p.multiply(p).scalarMultiply(stepSize / 2));
    return linear.imageCovariance(MatrixUtils.inverse(biased));
  }

  private static RealMatrix exponentialIntegratorCovariance(double stepSize) {
    // S = R S R + (1 - rho^2) I, with R = I - (1 - rho) P and rho = exp(-tau)
    RealMatrix p = linear.precision;
    double rho = Math.exp(-stepSize);
    RealMatrix biased =
        p.scalarMultiply(2 / (1 + rho))
            .subtract(p.multiply(p).scalarMultiply((1 - rho) / (1 + rho)));
    return linear.imageCovariance(MatrixUtils.inverse(biased));
  }

  @ParameterizedTest
  @CsvSource({"0.2, 900", "0.5, 360", "1, 180"})
  void eulerMaruyamaHasTheClosedFormMeanAndItsOwnKnownCovariance(double product, int burnIn) {
    double stepSize = product / linear.largestCurvature();
    Draws draws = Draws.of(settings(Integrator.EULER_MARUYAMA, stepSize, burnIn));
    check(draws, eulerMaruyamaCovariance(stepSize));
  }

  @ParameterizedTest
  @CsvSource({"0.2, 900", "0.5, 360", "1, 180"})
  void theExponentialIntegratorHasTheClosedFormMeanAndItsOwnKnownCovariance(
      double product, int burnIn) {
    double stepSize = product / linear.largestCurvature();
    Draws draws = Draws.of(settings(Integrator.EXPONENTIAL, stepSize, burnIn));
    check(draws, exponentialIntegratorCovariance(stepSize));
  }

  @ParameterizedTest
  @EnumSource(
      value = Integrator.class,
      names = {"MALA", "PCNL", "UNDERDAMPED_LANGEVIN", "HAMILTONIAN"})
  void theOthersHaveTheClosedFormMeanAndCovariance(Integrator integrator) {
    int burnIn = hasInertia(integrator) ? 25 : 500;
    check(Draws.of(settings(integrator, 0, burnIn)), exactCovariance);
  }

  /** Whether a transition is a trajectory of many steps. */
  private static boolean hasInertia(Integrator integrator) {
    return integrator == Integrator.HAMILTONIAN || integrator == Integrator.UNDERDAMPED_LANGEVIN;
  }

  @ParameterizedTest
  @EnumSource(
      value = Integrator.class,
      names = {"MALA", "PCNL", "UNDERDAMPED_LANGEVIN", "HAMILTONIAN"})
  void preconditionedTheyHaveTheClosedFormMeanAndCovariance(Integrator integrator) {
    int burnIn = hasInertia(integrator) ? 15 : 100;
    check(
        Draws.of(settings(integrator, 0, burnIn).withPreconditioning(Preconditioning.LOW_RANK)),
        exactCovariance);
  }

  @Test
  void diagonallyPreconditionedChainsHaveTheClosedFormMeanAndCovariance() {
    check(
        Draws.of(
            settings(Integrator.HAMILTONIAN, 0, 60).withPreconditioning(Preconditioning.DIAGONAL)),
        exactCovariance);
  }

  @Test
  void theCheckSeesAPriorTermOfTheWrongScale() {
    Draws draws = Draws.of(settings(Integrator.HAMILTONIAN, 0, 25));
    RealMatrix weakPrior =
        linear.precision.subtract(
            MatrixUtils.createRealIdentityMatrix(LinearPosterior.PIXELS).scalarMultiply(0.5));
    RealMatrix covariance = linear.imageCovariance(MatrixUtils.inverse(weakPrior));
    assertTrue(draws.deviationOfCovariance(linear.meanImage(), covariance) > STANDARD_ERRORS);
  }

  @Test
  void theCheckSeesTheBiasOfALongStep() {
    double stepSize = 1 / linear.largestCurvature();
    Draws draws = Draws.of(settings(Integrator.EULER_MARUYAMA, stepSize, 180));
    assertTrue(draws.deviationOfCovariance(linear.meanImage(), exactCovariance) > STANDARD_ERRORS);
  }

  @Test
  void randomiseThenOptimiseDrawsExactSamplesOfALinearPosterior() {
    SamplerSettings settings =
        settings(Integrator.EULER_MARUYAMA, 1e-9, 0)
            .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 600);
    check(Draws.of(settings), exactCovariance);
  }

  @Test
  void annealedTrajectoriesEndInThePosteriorWhereTheirStepSuitsIt() {
    // Some 12 of the 40 trajectories have the true noise level.
    SamplerSettings settings =
        settings(Integrator.EULER_MARUYAMA, 1e-9, 0)
            .withStart(WarmStart.ANNEALED_HAMILTONIAN, 40 * 21);
    check(Draws.of(settings), exactCovariance);
  }

  @Test
  void theChosenStepSizeFollowsTheLargestCurvature() {
    SamplerSettings settings =
        SamplerSettings.standard(8, 1)
            .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 50)
            .withIntegrator(Integrator.EULER_MARUYAMA, 0)
            .withPreconditioning(Preconditioning.NONE)
            .withTransitions(0, 1);
    SamplerReport report =
        new PosteriorSampler(settings).run(linear.posterior, sample -> {}, Progress.NONE);
    // Power iteration gives a lower bound of the curvature: the product is 0.25 or a little more.
    double product = report.stepSize() * linear.largestCurvature();
    assertTrue(product >= 0.249 && product < 0.35, "step size times curvature: " + product);
  }

  @Test
  void coordinatesAreLearntAgainWhereTheBurnInLeads() {
    SamplerSettings settings = SamplerSettings.standard(2, 1).withChains(1);
    // The start alone gives 20 scores, which span no more than 20 directions.
    assertEquals(20, directions(settings.withTransitions(0, 1)));
    assertTrue(directions(settings) > 20);
  }

  private static int directions(SamplerSettings settings) {
    return Integer.parseInt(report(settings).preconditioner().replaceAll("\\D", ""));
  }

  @Test
  void theStepSizeIsTakenFromWhereTheBurnInEnds() {
    // A likelihood that tells nothing: the curvature is that of the prior everywhere, and only the
    // caution about unseen places is between the steps.
    Posterior prior =
        new Posterior(
            new CroppedPrior(
                linear.model.oneStep(), new Shape(1, LinearPosterior.SIZE, LinearPosterior.SIZE)),
            new Identity(),
            new GaussianLikelihood(1e6),
            new float[LinearPosterior.PIXELS],
            linear.model::newScope);
    SamplerSettings settings = SamplerSettings.standard(8, 1);
    assertEquals(1, report(prior, settings).stepSize(), 1e-3);
    assertEquals(1.0 / 8, report(prior, settings.withTransitions(0, 1)).stepSize(), 1e-3);
  }

  private static SamplerReport report(SamplerSettings settings) {
    return report(linear.posterior, settings);
  }

  private static SamplerReport report(Posterior posterior, SamplerSettings settings) {
    return new PosteriorSampler(settings).run(posterior, sample -> {}, Progress.NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Integrator.class,
      names = {"MALA", "PCNL"})
  void burnInTunesTheStepSizeToTheTargetAcceptance(Integrator integrator) {
    SamplerSettings settings =
        SamplerSettings.standard(160, 1)
            .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 100)
            .withIntegrator(integrator, 0)
            .withTransitions(150, 2);
    SamplerReport report =
        new PosteriorSampler(settings).run(linear.posterior, sample -> {}, Progress.NONE);
    double target = integrator.kernel().targetAcceptance().getAsDouble();
    // The tuning's own steps are as long and short around their average as dual averaging makes
    // them; after 150 of them it is this near.
    assertEquals(target, report.acceptance(), 0.1);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 64})
  void aStepSizeThatBlowsUpIsHalvedAndReported(int times) {
    double unstable = times / linear.largestCurvature();
    SamplerSettings settings =
        SamplerSettings.standard(64, 1)
            .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 50)
            .withIntegrator(Integrator.EULER_MARUYAMA, unstable)
            .withPreconditioning(Preconditioning.NONE)
            .withTransitions(400, 20);
    List<float[]> images = new ArrayList<>();
    SamplerReport report =
        new PosteriorSampler(settings)
            .run(linear.posterior, sample -> images.add(sample.image()), Progress.NONE);
    assertTrue(report.halvings() >= 2);
    assertEquals(unstable, Math.scalb(report.stepSize(), report.halvings()), 1e-9 * unstable);
    assertTrue(report.stepSize() < 2 / linear.largestCurvature());
    assertEquals(64, images.size());
    for (float[] image : images) {
      for (float value : image) {
        assertTrue(Math.abs(value) < 100);
      }
    }
  }

  @Test
  void aTrajectoryThatRunsOffInEveryChainIsHalvedAndReported() {
    SamplerSettings settings =
        SamplerSettings.standard(16, 1)
            .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 50)
            .withIntegrator(Integrator.MALA, 1000)
            .withTransitions(30, 10);
    SamplerReport report =
        new PosteriorSampler(settings).run(linear.posterior, sample -> {}, Progress.NONE);
    assertTrue(report.halvings() >= 8, "halvings: " + report.halvings());
    assertTrue(report.acceptance() > 0);
  }

  @Test
  void aRunGoesOnUntilItsEffectiveSampleSizeIsReached() {
    SamplerSettings settings =
        SamplerSettings.standard(8, 1).withTarget(new SampleTarget(100, 5000));
    int[] drawn = new int[8];
    SamplerReport report =
        new PosteriorSampler(settings)
            .run(linear.posterior, sample -> drawn[sample.chain()]++, Progress.NONE);
    assertEquals(8 * drawn[0], report.samples());
    // No draw of these chains is worth two, and each some tenth at least.
    assertTrue(report.samples() > 50 && report.samples() < 1000, "samples: " + report.samples());
    assertTrue(report.evaluations() < 5000);
  }

  @Test
  void aRunEndsWhenItsGradientsAreSpentBeforeItsSamplesAreDrawn() {
    SamplerSettings settings =
        SamplerSettings.standard(800, 1)
            .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 10)
            .withTransitions(1, 1)
            .withTarget(new SampleTarget(0, 100));
    SamplerReport report =
        new PosteriorSampler(settings).run(linear.posterior, sample -> {}, Progress.NONE);
    assertTrue(report.evaluations() >= 100 && report.evaluations() < 110);
    assertTrue(report.samples() >= 8 && report.samples() < 800, "samples: " + report.samples());
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
