package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.tensor.DeviceArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      squares += Math.pow(distance(image, y), 2);
    }
    // Noise of the level 0.05 is added to what is measured, nearly all of which the map leaves: the
    // prior's waves have variances from 0.02 to 0.5. Split Gibbs has left some more, half of the
    // level above. Draws of the prior alone are 0.7 away.
    assertEquals(0.055, Math.sqrt(squares / CHAINS), 0.0075);
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
    assertEquals(STEPS, heard[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17})
  void fewStepsAreNotExceeded(int steps) {
    int[] heard = {0};
    starts(image()).draw(ChainNoise.of(1, 0, 2), steps, () -> heard[0]++);
    assertEquals(steps, heard[0]);
  }

  @Test
  void anImageSmallerThanTheCanvasLiesInItsMiddle() {
    Shape part = new Shape(1, 10, 12);
    float[] y = cut(image(), part);
    float[][] states = starts(y, part).draw(ChainNoise.of(1, 0, 1), STEPS, () -> {});
    assertEquals(0.055, distance(cut(images(states)[0], part), y), 0.015);
  }

  @Test
  void aCameraThatSaturatesIsExplainedToo() {
    ClippedGain camera = new ClippedGain(2, -1, 1);
    float[] y = predicted(camera, image());
    LevelProblem problem = new LevelProblem(PRIOR, camera, new GaussianLikelihood(0.1), y, IMAGE);
    float[][] states = new SplitGibbsStarts(problem).draw(ChainNoise.of(1, 0, 2), 100, () -> {});
    for (float[] image : images(states)) {
      // Twice the noise that is allowed for; draws of the prior alone are 1 away.
      assertEquals(0, distance(predicted(camera, image), y), 0.2);
    }
  }

  private static float[] cut(float[] image, Shape part) {
    try (NDManager scope = PRIOR.newScope()) {
      NDArray whole = DeviceArrays.copyOf(scope, image, new Shape(1).addAll(IMAGE));
      return DeviceArrays.inOrder(new Window(IMAGE, part).cut(whole)).toFloatArray();
    }
  }

  private static float[] predicted(ForwardOperator operator, float[] image) {
    try (NDManager scope = PRIOR.newScope()) {
      return operator
          .apply(DeviceArrays.copyOf(scope, image, new Shape(1).addAll(IMAGE)))
          .toFloatArray();
    }
  }

  private static double distance(float[] image, float[] other) {
    double squares = 0;
    for (int i = 0; i < image.length; i++) {
      squares += Math.pow(image[i] - other[i], 2);
    }
    return Math.sqrt(squares / image.length);
  }

  @Test
  void theSameSeedGivesTheSameStates() {
    SplitGibbsStarts starts = starts(image());
    assertArrayEquals(
        starts.draw(ChainNoise.of(7, 0, 2), STEPS, () -> {}),
        starts.draw(ChainNoise.of(7, 0, 2), STEPS, () -> {}));
  }

  private static SplitGibbsStarts starts(float[] y) {
    return starts(y, IMAGE);
  }

  private static SplitGibbsStarts starts(float[] y, Shape image) {
    return new SplitGibbsStarts(
        new LevelProblem(PRIOR, new Identity(), new GaussianLikelihood(LITTLE_NOISE), y, image));
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
