package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.DeviceArrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chains at a level sample the posterior of a camera that saturates: of independent normal pixels,
 * which quadrature tells exactly.
 */
class SaturatedPosteriorTest {

  private static final int SIDE = 16;
  private static final int CHAINS = 60;
  private static final double MEAN = -0.2;
  private static final double DEVIATION = 0.5;
  private static final double NOISE = 0.2;
  private static final Shape IMAGE = new Shape(1, SIDE, SIDE);
  private static final ClippedGain CAMERA = new ClippedGain(2, -1, 1);

  /** Dark and bright pixels at the limits, lit ones, and two kinds in doubt, by turns. */
  private static final float[] KINDS = {-1, 0.3f, 1, -0.8f, 0.9f, -1.1f};

  private static final ScoredPrior PIXELS =
      new PixelPrior() {
        @Override
        public NDArray clean(NDArray x, double level) {
          return shrunk(x, DEVIATION / Math.hypot(DEVIATION, level));
        }

        @Override
        public NDArray mean(NDArray x, double level) {
          return shrunk(x, Math.pow(DEVIATION / Math.hypot(DEVIATION, level), 2));
        }

        private static NDArray shrunk(NDArray x, double factor) {
          NDManager scope = x.getManager();
          return x.mul(DeviceArrays.constant(scope, factor))
              .add(DeviceArrays.constant(scope, MEAN * (1 - factor)));
        }
      };

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void theLawIsThePosterior(double level) {
    float[] y = new float[SIDE * SIDE];
    for (int i = 0; i < y.length; i++) {
      y[i] = KINDS[i % KINDS.length];
    }
    double[] sums = new double[KINDS.length];
    double[] squares = new double[KINDS.length];
    int[] counts = new int[KINDS.length];
    new LevelSampler(new LevelSettings(CHAINS, CHAINS, level, 24, 200, 1, 0.5, 3))
        .run(
            new LevelProblem(PIXELS, CAMERA, new GaussianLikelihood(NOISE), y, IMAGE),
            sample -> {
              float[] image = sample.image();
              for (int i = 0; i < image.length; i++) {
                int kind = i % KINDS.length;
                sums[kind] += image[i];
                squares[kind] += (double) image[i] * image[i];
                counts[kind]++;
              }
            },
            Progress.NONE);
    for (int kind = 0; kind < KINDS.length; kind++) {
      double[] exact = moments(KINDS[kind]);
      double mean = sums[kind] / counts[kind];
      double deviation = Math.sqrt(squares[kind] / counts[kind] - mean * mean);
      double error = exact[1] / Math.sqrt(counts[kind]);
      assertEquals(exact[0], mean, 4 * error, "mean of y = " + KINDS[kind]);
      assertEquals(exact[1], deviation, 4 * error, "deviation of y = " + KINDS[kind]);
    }
  }

  /** Mean and standard deviation by quadrature. */
  private static double[] moments(double y) {
    double all = 0;
    double sum = 0;
    double square = 0;
    for (double v = MEAN - 8 * DEVIATION; v < MEAN + 8 * DEVIATION; v += 1e-4) {
      double residual = (y - Math.min(Math.max(2 * v, -1), 1)) / NOISE;
      double off = (v - MEAN) / DEVIATION;
      double weight = Math.exp(-(off * off + residual * residual) / 2);
      all += weight;
      sum += weight * v;
      square += weight * v * v;
    }
    return new double[] {sum / all, Math.sqrt(square / all - Math.pow(sum / all, 2))};
  }
}
