package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.metric.RankHistogram;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.Prior;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Simulation-based calibration in seconds: with a prior of independent pixels and a measurement of
 * each pixel, every pixel is an independent truth. The long version, on the bundled prior, is
 * {@link SimulationBasedCalibrationBenchmark}.
 */
class SimulationBasedCalibrationTest {

  private static final int SIDE = 12;
  private static final int PIXELS = SIDE * SIDE;
  private static final int RUNS = 16;
  private static final int CHAINS = 15;
  private static final int BINS = 8;
  private static final double NOISE = 0.6;

  /** Each pixel is x = z / 2 + 1.5 tanh(3 z): two modes, far from normal. */
  private static final Prior TWO_MODES =
      new Prior() {
        @Override
        public NDArray generate(NDArray z) {
          NDManager scope = z.getManager();
          NDArray step = z.mul(DeviceArrays.constant(scope, 3)).tanh();
          return z.mul(DeviceArrays.constant(scope, 0.5))
              .add(step.mul(DeviceArrays.constant(scope, 1.5)));
        }

        @Override
        public Shape latentShape(Shape image) {
          return image;
        }
      };

  private static float[] image(float[] z) {
    float[] x = new float[z.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.5 * z[i] + 1.5 * Math.tanh(3 * z[i]));
    }
    return x;
  }

  /** The ranks of the truths of all pixels and runs, each among one sample a chain. */
  private static RankHistogram ranks(LongFunction<SamplerSettings> settings, double assumedNoise) {
    int[] ranks =
        IntStream.range(0, RUNS)
            .boxed()
            .flatMapToInt(run -> ranksOfOneRun(settings.apply(run), assumedNoise, run))
            .toArray();
    return RankHistogram.of(ranks, CHAINS, BINS);
  }

  private static IntStream ranksOfOneRun(SamplerSettings settings, double assumedNoise, int run) {
    float[] truth = image(RandomStream.of(run, 1000).gaussian(PIXELS));
    float[] y = new GaussianLikelihood(NOISE).simulate(truth, RandomStream.of(run, 1001));
    Posterior posterior =
        new Posterior(
            new CroppedPrior(TWO_MODES, new Shape(1, SIDE, SIDE)),
            new Identity(),
            new GaussianLikelihood(assumedNoise),
            y,
            ComputeDevice.CPU::newScope);
    double[][] samples = new double[PIXELS][CHAINS];
    new PosteriorSampler(settings)
        .run(
            posterior,
            sample -> {
              for (int i = 0; i < PIXELS; i++) {
                samples[i][sample.chain()] = sample.image()[i];
              }
            },
            Progress.NONE);
    return IntStream.range(0, PIXELS).map(i -> RankHistogram.rank(truth[i], samples[i]));
  }

  private static SamplerSettings recommended(long seed) {
    return SamplerSettings.standard(CHAINS, seed).withChains(CHAINS);
  }

  private static String told(RankHistogram histogram) {
    String told = Arrays.toString(histogram.counts()) + ", p = " + histogram.pValue();
    System.out.println(told);
    return told;
  }

  @Test
  void theRecommendedSamplerHasUniformRanks() {
    RankHistogram histogram = ranks(SimulationBasedCalibrationTest::recommended, NOISE);
    assertTrue(histogram.pValue() > 0.01, told(histogram));
  }

  @Test
  void startsAloneHaveNot() {
    RankHistogram histogram =
        ranks(
            seed ->
                recommended(seed)
                    .withIntegrator(Integrator.EULER_MARUYAMA, 1e-9)
                    .withTransitions(0, 1),
            NOISE);
    assertTrue(histogram.pValue() < 1e-4, told(histogram));
  }

  @Test
  void aWrongNoiseLevelIsSeen() {
    RankHistogram histogram = ranks(SimulationBasedCalibrationTest::recommended, 0.8 * NOISE);
    assertTrue(histogram.pValue() < 1e-4, told(histogram));
  }
}
