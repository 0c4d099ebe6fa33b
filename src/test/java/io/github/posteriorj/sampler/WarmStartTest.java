package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.Prior;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmStartTest {

  private static final Shape IMAGE = new Shape(1, 16, 16);
  private static final double NOISE = 0.1;
  private static final int CHAINS = 4;

  /** Phi(z) = z. */
  private static final Prior WHITE =
      new Prior() {
        @Override
        public NDArray generate(NDArray z) {
          return z;
        }

        @Override
        public Shape latentShape(Shape image) {
          return image;
        }
      };

  @Test
  void pixelsThatBeginSaturatedFindTheirWayBack() {
    // Of the prior's draws z, those above 0.5 are measured as 1, where the gradient vanishes.
    float[] y = new float[(int) IMAGE.size()];
    Arrays.fill(y, -0.5f);
    Posterior posterior = posterior(y);
    float[][] starts = WarmStart.RANDOMISE_THEN_OPTIMISE.find(posterior, 400, random(), () -> {});
    double[] misfits = posterior.evaluate(starts).negativeLogLikelihood();
    // Each start fits a measurement of its own, y with fresh noise, up to the prior's pull (a share
    // of 1 / (1 + gain^2 / noise^2)): its residual against y is that noise. Four standard errors of
    // the mean of CHAINS d squares, sqrt(2 / (CHAINS d)), are 18 %.
    double each = Arrays.stream(misfits).average().orElseThrow() / (IMAGE.size() / 2.0);
    assertEquals(1, each, 0.18);
  }

  @Test
  void splitGibbsTakesTheStartsThatThereAre() {
    float[][] drawn = new float[CHAINS][(int) IMAGE.size()];
    Posterior posterior =
        posterior(new float[(int) IMAGE.size()])
            .withStarts(
                (noise, steps, stepped) -> {
                  assertEquals(CHAINS, noise.chains());
                  assertEquals(40, steps);
                  return drawn;
                });
    assertSame(drawn, WarmStart.SPLIT_GIBBS.find(posterior, 40, random(), () -> {}));
  }

  @Test
  void withoutStartsSplitGibbsIsRandomiseThenOptimise() {
    Posterior posterior = posterior(new float[(int) IMAGE.size()]);
    assertArrayEquals(
        WarmStart.RANDOMISE_THEN_OPTIMISE.find(posterior, 5, random(), () -> {}),
        WarmStart.SPLIT_GIBBS.find(posterior, 5, random(), () -> {}));
  }

  private static Posterior posterior(float[] y) {
    return new Posterior(
        new CroppedPrior(WHITE, IMAGE),
        new ClippedGain(2, -1, 1),
        new GaussianLikelihood(NOISE),
        y,
        ComputeDevice.CPU::newScope);
  }

  private static RandomStream[] random() {
    return IntStream.range(0, CHAINS)
        .mapToObj(chain -> RandomStream.of(1, chain))
        .toArray(RandomStream[]::new);
  }
}
