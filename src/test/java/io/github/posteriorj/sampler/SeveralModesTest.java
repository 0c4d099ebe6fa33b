package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.Square;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.Prior;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A posterior of four modes in two dimensions: the generator x = z + 0.8 tanh(2 z) + 0.1 draws most
 * of its values on either side of zero, and the measurement x^2 + noise does not tell which.
 */
class SeveralModesTest {

  private static final int CHAINS = 1000;
  private static final double[] MEASUREMENT = {1.6, 1.2};

  /** Between the modes the potential rises by 1.6^2 / (2 0.55^2) = 4.2, and by 2.4. */
  private static final double NOISE = 0.55;

  private static final double WIDTH = 0.8;
  private static final double STEEPNESS = 2;
  private static final double SHIFT = 0.1;

  private static final Prior GENERATOR =
      new Prior() {
        @Override
        public NDArray generate(NDArray z) {
          NDArray bend = z.mul(DeviceArrays.constant(z.getManager(), STEEPNESS)).tanh();
          return z.add(bend.mul(DeviceArrays.constant(z.getManager(), WIDTH)))
              .add(DeviceArrays.constant(z.getManager(), SHIFT));
        }

        @Override
        public Shape latentShape(Shape image) {
          return image;
        }
      };

  private static final ForwardOperator SQUARE = new Square();

  private static Posterior posterior(double noise) {
    return new Posterior(
        new CroppedPrior(GENERATOR, new Shape(1, 1, 2)),
        SQUARE,
        new GaussianLikelihood(noise),
        new float[] {(float) MEASUREMENT[0], (float) MEASUREMENT[1]},
        ComputeDevice.CPU::newScope);
  }

  private static double image(double z) {
    return z + WIDTH * Math.tanh(STEEPNESS * z) + SHIFT;
  }

  /** The probability that a coordinate of x is positive, by quadrature. */
  private static double positiveShare(double measured, double noise) {
    double[] shares = new double[2];
    double step = 1e-4;
    for (double z = -8; z < 8; z += step) {
      double residual = image(z) * image(z) - measured;
      double density = Math.exp(-z * z / 2 - residual * residual / (2 * noise * noise));
      shares[image(z) > 0 ? 1 : 0] += density * step;
    }
    return shares[1] / (shares[0] + shares[1]);
  }

  /** Shares of the chains in each of the four modes, all begun in the one where x is negative. */
  private static double[] shares(double noise, int transitions) {
    Posterior posterior = posterior(noise);
    float[][] states = new float[CHAINS][2];
    for (float[] state : states) {
      Arrays.fill(state, -0.6f);
    }
    RandomStream[] random =
        IntStream.range(0, CHAINS)
            .mapToObj(chain -> RandomStream.of(3, chain))
            .toArray(RandomStream[]::new);
    Potential.Evaluation evaluation = posterior.evaluate(states);
    ChainState[] starts = new ChainState[CHAINS];
    for (int chain = 0; chain < CHAINS; chain++) {
      starts[chain] = ChainState.of(states[chain], new float[0], evaluation, chain);
    }
    SamplerSettings recommended = SamplerSettings.standard(2, 1);
    float[][] predictions =
        posterior.predictions(Arrays.stream(starts).map(ChainState::image).toArray(float[][]::new));
    float[][] scores = Arrays.copyOf(posterior.simulatedScores(states, predictions, random), 160);
    Preconditioner preconditioner = recommended.moves().preconditioning().learn(scores);
    Potential potential = preconditioner.precondition(posterior);
    ChainEnsemble walk =
        new ChainEnsemble(
            recommended.moves().integrator().kernel(),
            Arrays.stream(starts).map(preconditioner::inCoordinates).toArray(ChainState[]::new),
            random,
            0.1,
            0);
    walk.startTuning();
    for (int i = 0; i < 30; i++) {
      walk.advance(potential);
    }
    walk.freeze();
    for (int i = 0; i < transitions; i++) {
      walk.advance(potential);
    }
    double[] shares = new double[4];
    for (int chain = 0; chain < CHAINS; chain++) {
      float[] image = walk.places()[chain].image();
      shares[(image[0] > 0 ? 1 : 0) + (image[1] > 0 ? 2 : 0)]++;
    }
    return Arrays.stream(shares).map(count -> count / CHAINS).toArray();
  }

  @Test
  void chainsThatBeginInOneModeComeToTheWeightsOfAll() {
    double first = positiveShare(MEASUREMENT[0], NOISE);
    double second = positiveShare(MEASUREMENT[1], NOISE);
    double[] shares = shares(NOISE, 500);
    for (int mode = 0; mode < 4; mode++) {
      double expected = (mode % 2 == 1 ? first : 1 - first) * (mode / 2 == 1 ? second : 1 - second);
      // The chains are independent: four standard errors of a share.
      double error = 4 * Math.sqrt(expected * (1 - expected) / CHAINS);
      assertTrue(expected > 0.05, "weight " + expected);
      assertEquals(expected, shares[mode], error, "mode " + mode);
    }
  }

  @Test
  void noChainCrossesABarrierThatIsHighAgainstItsEnergy() {
    // The potential rises by 1.6^2 / (2 0.1^2) = 128: only starts of their own reach such modes.
    assertEquals(1, shares(0.1, 100)[0]);
  }
}
