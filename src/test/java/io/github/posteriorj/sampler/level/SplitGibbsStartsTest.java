package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.tensor.DeviceArrays;
import org.junit.jupiter.api.Test;

class SplitGibbsStartsTest {

  private static final int SIDE = 16;
  private static final Shape IMAGE = new Shape(1, SIDE, SIDE);
  private static final int CHAINS = 8;
  private static final int STEPS = 40;
  private static final double LITTLE_NOISE = 0.01;
  private static final NormalPrior PRIOR = new NormalPrior(SIDE);

  @Test
  void theMapTakesTheStatesToImagesThatExplainTheMeasurement() {
    float[] y = image();
    float[][] states = starts(y).draw(ChainNoise.of(1, 0, CHAINS), STEPS, () -> {});
    double squares = 0;
    for (float[] image : images(states)) {
      for (int i = 0; i < y.length; i++) {
        squares += Math.pow(image[i] - y[i], 2);
      }
    }
    // Noise of the level 0.05 is added to what is measured, nearly all of which the map leaves: the
    // prior's waves have variances from 0.02 to 0.5. Split Gibbs has left some more, half of the
    // level above. Draws of the prior alone are 0.7 away.
    assertEquals(0.055, Math.sqrt(squares / CHAINS / y.length), 0.0075);
  }

  @Test
  void theStatesAreNoiseOfUnitVariance() {
    float[][] states = starts(image()).draw(ChainNoise.of(1, 0, CHAINS), STEPS, () -> {});
    double squares = 0;
    for (float[] state : states) {
      for (float value : state) {
        squares += (double) value * value;
      }
    }
    // Four standard errors of |z|^2 / d, sqrt(2 / d), where all chains share what was measured.
    assertEquals(1, squares / CHAINS / IMAGE.size(), 4 * Math.sqrt(2.0 / IMAGE.size()));
  }

  @Test
  void everyStepIsHeardOf() {
    int[] heard = {0};
    starts(image()).draw(ChainNoise.of(1, 0, 2), STEPS, () -> heard[0]++);
    // The last sweep is the walk's own elsewhere, and is not taken here.
    assertEquals(STEPS - 1, heard[0]);
  }

  @Test
  void theSameSeedGivesTheSameStates() {
    SplitGibbsStarts starts = starts(image());
    assertArrayEquals(
        starts.draw(ChainNoise.of(7, 0, 2), STEPS, () -> {}),
        starts.draw(ChainNoise.of(7, 0, 2), STEPS, () -> {}));
  }

  private static SplitGibbsStarts starts(float[] y) {
    return new SplitGibbsStarts(
        new LevelProblem(PRIOR, new Identity(), new GaussianLikelihood(LITTLE_NOISE), y, IMAGE));
  }

  /** A draw of the prior. */
  private static float[] image() {
    return images(ChainNoise.of(3, 0, 1).draw((int) IMAGE.size()))[0];
  }

  private static float[][] images(float[][] states) {
    float[][] images = new float[states.length][];
    float highest = (float) PRIOR.highestLevel();
    try (NDManager scope = PRIOR.newScope()) {
      Shape batch = new Shape(states.length).addAll(IMAGE);
      NDArray x = DeviceArrays.copyOf(scope, states, batch).mul(highest);
      NDArray clean = PRIOR.clean(x, highest);
      for (int row = 0; row < states.length; row++) {
        images[row] = clean.get(row).toFloatArray();
      }
    }
    return images;
  }
}
