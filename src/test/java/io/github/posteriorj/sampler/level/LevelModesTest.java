package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.Square;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Pixels of two modes, +-0.8, the brighter one more frequent, of which the measurement x^2 + noise
 * tells the distance from zero alone: chains that all begin in one of the four modes of two pixels
 * come to the weights of all, at a level where noise bridges the modes.
 */
class LevelModesTest {

  private static final int CHAINS = 1000;
  private static final double MODE = 0.8;
  private static final double WIDTH = 0.4;
  private static final double BRIGHT_SHARE = 0.65;
  private static final double NOISE = 0.35;
  private static final double[] MEASUREMENT = {0.7, 0.4};
  private static final Shape IMAGE = new Shape(1, 1, 2);

  /** Two normal modes of each pixel: D in closed form, f by Heun's method. */
  private static final ScoredPrior TWO_MODES =
      new PixelPrior() {
        private static final int HEUN_STEPS = 16;

        @Override
        public NDArray mean(NDArray x, double level) {
          NDManager scope = x.getManager();
          double variance = WIDTH * WIDTH + level * level;
          double odds = Math.log(BRIGHT_SHARE / (1 - BRIGHT_SHARE));
          NDArray sign =
              x.mul(DeviceArrays.constant(scope, MODE / variance))
                  .add(DeviceArrays.constant(scope, odds / 2))
                  .tanh();
          return x.mul(DeviceArrays.constant(scope, WIDTH * WIDTH / variance))
              .add(sign.mul(DeviceArrays.constant(scope, MODE * level * level / variance)));
        }

        @Override
        public NDArray clean(NDArray x, double level) {
          NDArray image = x;
          double factor = Math.pow(LOWEST / level, 1.0 / HEUN_STEPS);
          double from = level;
          for (int i = 0; i < HEUN_STEPS; i++) {
            double to = from * factor;
            NDArray slope = slope(image, from);
            NDArray euler = image.add(scaled(slope, to - from));
            image = image.add(scaled(slope.add(slope(euler, to)), (to - from) / 2));
            from = to;
          }
          return mean(image, from);
        }

        private NDArray slope(NDArray x, double level) {
          return scaled(x.sub(mean(x, level)), 1 / level);
        }

        private static NDArray scaled(NDArray array, double factor) {
          return array.mul(DeviceArrays.constant(array.getManager(), factor));
        }
      };

  private static final ForwardOperator SQUARE = new Square();

  /** The probability that a pixel is bright, given its square, by quadrature. */
  private static double brightShare(double measured) {
    double[] shares = new double[2];
    for (double x = -4; x < 4; x += 1e-3) {
      double prior =
          BRIGHT_SHARE * Math.exp(-Math.pow((x - MODE) / WIDTH, 2) / 2)
              + (1 - BRIGHT_SHARE) * Math.exp(-Math.pow((x + MODE) / WIDTH, 2) / 2);
      shares[x > 0 ? 1 : 0] += prior * Math.exp(-Math.pow((x * x - measured) / NOISE, 2) / 2);
    }
    return shares[1] / (shares[0] + shares[1]);
  }

  /** Shares of the chains in each of the four modes, all begun where both pixels are dark. */
  private static double[] shares(
      double level, double noiseOfMeasurement, double stepSize, int steps) {
    LevelProblem problem =
        new LevelProblem(
            TWO_MODES,
            SQUARE,
            new GaussianLikelihood(noiseOfMeasurement),
            new float[] {(float) MEASUREMENT[0], (float) MEASUREMENT[1]},
            IMAGE);
    ChainNoise noise =
        new ChainNoise(
            IntStream.range(0, CHAINS)
                .mapToObj(chain -> RandomStream.of(6, chain))
                .toArray(RandomStream[]::new));
    try (NDManager scope = TWO_MODES.newScope()) {
      NDArray nothing = scope.zeros(new Shape(1).addAll(IMAGE));
      Coordinates coordinates =
          Coordinates.nearImages(
              problem.window(), new Identity().diagonalisation(scope, IMAGE), nothing, level);
      Langevin langevin =
          new Langevin(
              new LevelTarget(
                  TWO_MODES, ImageLikelihood.of(problem, scope), problem.window(), level),
              coordinates,
              stepSize,
              1);
      NDArray start = scope.ones(new Shape(CHAINS).addAll(IMAGE)).mul(-MODE);
      Langevin.State state = langevin.begin(start, noise);
      for (int i = 0; i < steps; i++) {
        state = langevin.advance(state, noise);
      }
      float[] pixels = state.image().toFloatArray();
      double[] shares = new double[4];
      for (int chain = 0; chain < CHAINS; chain++) {
        shares[(pixels[2 * chain] > 0 ? 1 : 0) + (pixels[2 * chain + 1] > 0 ? 2 : 0)]++;
      }
      return Arrays.stream(shares).map(count -> count / CHAINS).toArray();
    }
  }

  @Test
  void chainsThatBeginInOneModeComeToTheWeightsOfAll() {
    double first = brightShare(MEASUREMENT[0]);
    double second = brightShare(MEASUREMENT[1]);
    double[] shares = shares(1, NOISE, 0.15, 400);
    for (int mode = 0; mode < 4; mode++) {
      double expected = (mode % 2 == 1 ? first : 1 - first) * (mode / 2 == 1 ? second : 1 - second);
      // The chains are independent: four standard errors of a share.
      double error = 4 * Math.sqrt(expected * (1 - expected) / CHAINS);
      assertTrue(expected > 0.05, "weight " + expected);
      assertEquals(expected, shares[mode], error, "mode " + mode);
    }
  }

  @Test
  void noLevelBridgesModesThatTheMeasurementParts() {
    // Between the modes the potential rises by 0.7^2 / (2 0.1^2) = 24, and by 8.
    assertTrue(shares(0.1, 0.1, 0.3, 100)[0] > 0.99);
  }
}
