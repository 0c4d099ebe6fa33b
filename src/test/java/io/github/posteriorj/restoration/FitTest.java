package io.github.posteriorj.restoration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.FourierMagnitude;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.tensor.ImageSize;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A misfit that cannot be is told with its likely cause; one that can be is not. */
class FitTest {

  private static final int SIZE = 48;
  private static final double SIGMA = 10;

  /** What was predicted right, but for something that is added to the measurement. */
  private static Optional<String> warning(
      IntToDoubleFunction added, double noise, ForwardOperator operator) {
    Random random = new Random(5);
    float[] prediction = new float[SIZE * SIZE];
    float[] y = new float[SIZE * SIZE];
    for (int i = 0; i < y.length; i++) {
      prediction[i] = (float) (200 + 100 * Math.sin(i % SIZE / 3.0) * Math.cos(i / SIZE / 3.0));
      y[i] = (float) (prediction[i] + added.applyAsDouble(i) + noise * random.nextGaussian());
    }
    Measurement measurement = new Measurement(y, new Shape(1, SIZE, SIZE));
    Fit fit = new Fit(measurement, operator);
    double misfit = new GaussianLikelihood(SIGMA).misfit(prediction, y);
    fit.add(
        new RestoredImage(
            null, prediction, ImageSize.ofPlane(1, 1, prediction.length), prediction, misfit));
    return fit.warning(misfit, "M", new GaussianNoise(SIGMA), Optional.empty());
  }

  private static String cause(IntToDoubleFunction added) {
    return warning(added, SIGMA, new Identity()).orElseThrow();
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  @Test
  void noiseAsAssumedIsNothingToTell() {
    assertEquals(Optional.empty(), warning(i -> 0, SIGMA, new Identity()));
    assertEquals(Optional.empty(), warning(i -> 0, 1.3 * SIGMA, new Identity()));
    assertEquals(Optional.empty(), warning(i -> 0, 0.8 * SIGMA, new Identity()));
  }

  @Test
  void moreOrLessNoiseIsNamedWithItsLevel() {
    String more = warning(i -> 0, 3 * SIGMA, new Identity()).orElseThrow();
    assertContains("The samples do not explain the measurement: M is 9", more);
    assertContains("the noise is larger than was assumed. Write noise=30", more);
    String less = warning(i -> 0, 0.3 * SIGMA, new Identity()).orElseThrow();
    assertContains("closer than its noise can be: M is 0.09", less);
    assertContains("the noise is smaller than was assumed. Write noise=3.0", less);
  }

  @Test
  void fewPixelsAreCounted() {
    assertContains(
        "3 pixel(s) alone are to blame", cause(i -> i == 7 || i == 99 || i == 1000 ? 5000 : 0));
  }

  @Test
  void aFixedPatternIsNamed() {
    assertContains("fixed pattern", cause(i -> i / SIZE % 2 == 0 ? 30 : -30));
    assertContains("fixed pattern", cause(i -> i % SIZE % 2 == 0 ? 30 : -30));
  }

  @Test
  void unevenLightIsNamed() {
    assertContains(
        "light or the background is not even",
        cause(i -> 60 * Math.cos(i % SIZE / 12.0) * Math.cos(i / SIZE / 12.0)));
  }

  @Test
  void aRangeThatIsTooNarrowIsNamed() {
    // The brightest pixels reach higher than predicted.
    IntToDoubleFunction peaks =
        i -> Math.sin(i % SIZE / 3.0) * Math.cos(i / SIZE / 3.0) > 0.93 ? 150 : 0;
    assertContains("raise intensity_high", cause(peaks));
    assertContains(
        "lower intensity_low", cause(i -> -peaks.applyAsDouble((i + 9) % (SIZE * SIZE))));
  }

  @Test
  void residualsAlongStructuresSpeakOfTheBlur() {
    assertContains(
        "check the PSF", cause(i -> 40 * Math.sin(i % SIZE / 1.2) * Math.cos(i / SIZE / 1.2)));
  }

  @Test
  void ofAFourierMagnitudeAPoorImageIsLikely() {
    String cause = warning(i -> 0, 3 * SIGMA, new FourierMagnitude(0)).orElseThrow();
    assertContains("caught at a poor image", cause);
  }

  @Test
  void aLikelihoodWithoutNoiseIsNotJudged() {
    Measurement measurement = new Measurement(new float[SIZE], new Shape(SIZE));
    Fit fit = new Fit(measurement, new Identity());
    assertEquals(
        Optional.empty(),
        fit.warning(45, "M", new GivenLikelihood(new GaussianLikelihood(1)), Optional.empty()));
  }
}
