package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.DiffusionModel;
import io.github.posteriorj.prior.Prior;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Samples of priors that take several passes through a network: a consistency model's steps with
 * frozen noise, and a diffusion model's probability flow. Their networks are affine here, so that
 * the posterior of each pixel is known: with x = a z + b and y = x + noise it is normal.
 */
class PriorsOfSeveralStepsTest {

  private static final Shape IMAGE = new Shape(1, 8, 8);
  private static final int PIXELS = 64;
  private static final int CHAINS = 64;
  private static final double NOISE = 0.1;
  private static final SamplerSettings SETTINGS =
      SamplerSettings.standard(CHAINS, 1).withChains(CHAINS);

  @TempDir static Path folder;
  private static ConsistencyModel consistency;
  private static DiffusionModel diffusion;

  @BeforeAll
  static void open() throws Exception {
    Path prior =
        PriorFolders.write(
            folder.resolve("prior"),
            8,
            "level = torch.reshape(sigma, [-1, 1, 1, 1])",
            "return torch.add(torch.div(x, torch.add(level, 1.0)), 0.1)");
    consistency = PriorFolders.open(prior);
    PriorFolders.addDenoiser(
        prior,
        "level = torch.square(torch.reshape(sigma, [-1, 1, 1, 1]))",
        "return torch.div(torch.mul(x, 0.25), torch.add(level, 0.25))");
    diffusion = PriorFolders.openDenoiser(prior);
  }

  @AfterAll
  static void close() {
    consistency.close();
    diffusion.close();
  }

  @Test
  void theStepsOfAConsistencyModel() {
    check(consistency.multistep(3, IMAGE, RandomStream.of(3, 0)), SETTINGS);
  }

  @ParameterizedTest
  @EnumSource(Integrator.class)
  void theProbabilityFlowOfADiffusionModelByEachIntegrator(Integrator integrator) {
    // The chains begin with the posterior's law, and a small step leaves it to them: over eleven of
    // them what it adds to the variance of the papers' integrators stays below 1 %.
    check(diffusion.probabilityFlow(3), SETTINGS.withIntegrator(integrator, 0.01));
  }

  @ParameterizedTest
  @EnumSource(WarmStart.class)
  void theProbabilityFlowOfADiffusionModelFromEachStart(WarmStart start) {
    // Starts that have not the posterior's law need time to forget it.
    check(diffusion.probabilityFlow(3), SETTINGS.withStart(start, 100).withTransitions(30, 1));
  }

  @Test
  void aHeunStepTakesTwoPassesButTheLast() {
    assertEquals(11, diffusion.passes(6));
    assertEquals(6, consistency.passes(6));
  }

  private static void check(Prior prior, SamplerSettings settings) {
    float[] y = RandomStream.of(5, 0).gaussian(PIXELS);
    Posterior posterior =
        new Posterior(
            new CroppedPrior(prior, IMAGE),
            new Identity(),
            new GaussianLikelihood(NOISE),
            y,
            consistency::newScope);
    float[] ones = new float[PIXELS];
    Arrays.fill(ones, 1);
    float[][] ends = posterior.evaluate(new float[][] {new float[PIXELS], ones}).image();
    double[] squares = new double[1];
    double[] sum = new double[1];
    new PosteriorSampler(settings)
        .run(
            posterior,
            sample -> {
              for (int i = 0; i < PIXELS; i++) {
                double slope = ends[1][i] - ends[0][i];
                double precision = 1 / (slope * slope) + 1 / (NOISE * NOISE);
                double mean = (ends[0][i] / (slope * slope) + y[i] / (NOISE * NOISE)) / precision;
                double standardised = (sample.image()[i] - mean) * Math.sqrt(precision);
                sum[0] += standardised;
                squares[0] += standardised * standardised;
              }
            },
            Progress.NONE);
    int draws = PIXELS * CHAINS;
    // Four standard errors of the mean and of the variance of standard normal numbers.
    assertEquals(0, sum[0] / draws, 4 / Math.sqrt(draws));
    assertEquals(1, squares[0] / draws, 4 * Math.sqrt(2.0 / draws));
    assertTrue(ends[1][0] > ends[0][0]);
  }
}
