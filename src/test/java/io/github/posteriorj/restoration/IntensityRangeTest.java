package io.github.posteriorj.restoration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.imagej.TestImages;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.Background;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.FourierMagnitude;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.MaskedValues;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.MotionKernels;
import io.github.posteriorj.operator.PatternIllumination;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The range of the project's test images, from measurements of them. */
class IntensityRangeTest {

  private static final int SIZE = 128;

  private static Stream<Arguments> measurements() {
    List<ForwardOperator> operators =
        List.of(
            new GaussianBlur(2),
            new Identity(),
            new AveragePooling(4),
            new MirroredConvolution(MotionKernels.straight(9, 30)),
            new ClippedGain(2, -1e9, 1e9),
            PixelMask.random(SIZE, SIZE, 0.2, RandomStream.of(4, 0)));
    return Stream.of("cells", "nuclei", "filaments", "mitochondria", "membranes", "puncta")
        .flatMap(image -> operators.stream().map(operator -> Arguments.of(image, operator)));
  }

  private static float[] truth(String name) {
    return TestImages.part(TestImages.open(name), 0, 0, SIZE, SIZE);
  }

  private static Measurement measure(
      float[] truth, ForwardOperator operator, double noise, long seed) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray clean = operator.apply(scope.create(truth, new Shape(1, 1, SIZE, SIZE)));
      float[] y =
          new GaussianLikelihood(noise).simulate(clean.toFloatArray(), RandomStream.of(seed, 0));
      return new Measurement(MaskedValues.withGaps(operator, y), clean.getShape().slice(1));
    }
  }

  private static IntensityRange estimate(Measurement y, ForwardOperator operator) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      return IntensityRange.estimate(y, operator, scope, Progress.NONE);
    }
  }

  @ParameterizedTest
  @MethodSource("measurements")
  void itIsNearThatOfTheTruth(String image, ForwardOperator operator) {
    float[] truth = truth(image);
    float[] sorted = truth.clone();
    Arrays.sort(sorted);
    double black = sorted[0];
    double range = sorted[sorted.length - 1] - black;
    IntensityRange found = estimate(measure(truth, operator, 0.05 * range, 6), operator);
    String told =
        "black %.2f of the range too high, white %.2f above it"
            .formatted((found.black() - black) / range, (found.white() - found.black()) / range);
    // What its documentation says.
    double least = operator instanceof AveragePooling ? 0.55 : 0.65;
    assertEquals(0, (found.black() - black) / range, 0.08, told);
    assertTrue(found.white() - found.black() > least * range, told);
    assertTrue(found.white() - found.black() < 1.25 * range, told);
  }

  @Test
  void aBackgroundIsTakenOffFirst() {
    float[] truth = truth("nuclei");
    IntensityRange plain = estimate(measure(truth, new GaussianBlur(2), 5, 6), new GaussianBlur(2));
    ForwardOperator operator = Composition.of(new GaussianBlur(2), new Affine(1, 300));
    IntensityRange raised = estimate(measure(truth, operator, 5, 6), operator);
    double range = plain.white() - plain.black();
    assertEquals(plain.black(), raised.black(), 1e-3 * range);
    assertEquals(plain.white(), raised.white(), 1e-3 * range);
  }

  private static PatternIllumination pattern(IntToDoubleFunction weight) {
    float[] weights = new float[SIZE * SIZE];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) weight.applyAsDouble(i);
    }
    return new PatternIllumination(weights, SIZE, SIZE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-8, 0.5, 2, 20_000})
  void theLightsStrengthIsDividedOut(double strength) {
    float[] truth = truth("nuclei");
    IntensityRange plain = estimate(measure(truth, new GaussianBlur(2), 5, 6), new GaussianBlur(2));
    ForwardOperator lit = Composition.of(pattern(i -> strength), new GaussianBlur(2));
    // The same measurement, of a sharp image that is as much darker.
    IntensityRange found = estimate(measure(truth, new GaussianBlur(2), 5, 6), lit);
    double range = (plain.white() - plain.black()) / strength;
    assertEquals(plain.black() / strength, found.black(), 1e-3 * range);
    assertEquals(plain.white() / strength, found.white(), 1e-3 * range);
  }

  @Test
  void aFlatFieldInCountsGivesTheRangeThatEvenLightGives() {
    float[] truth = truth("nuclei");
    IntensityRange plain = estimate(measure(truth, new Identity(), 5, 6), new Identity());
    // Vignetting: half the light in the corners.
    ForwardOperator lit =
        pattern(i -> 20_000 / (1 + (sq(i % SIZE - 63.5) + sq(i / SIZE - 63.5)) / (2 * sq(63.5))));
    IntensityRange found = estimate(measure(truth, lit, 5 * 15_000, 6), lit);
    double range = plain.white() - plain.black();
    assertEquals(plain.black(), found.black(), 0.05 * range);
    assertEquals(plain.white(), found.white(), 0.1 * range);
  }

  private static double sq(double x) {
    return x * x;
  }

  @Test
  void anUnevenBackgroundIsTakenOffFirst() {
    float[] truth = truth("nuclei");
    Shape shape = new Shape(1, SIZE, SIZE);
    IntensityRange plain = estimate(measure(truth, new GaussianBlur(2), 5, 6), new GaussianBlur(2));
    float[] slope = new float[SIZE * SIZE];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = 300 + i % SIZE;
    }
    ForwardOperator operator = Composition.of(new GaussianBlur(2), new Background(slope, shape));
    IntensityRange raised = estimate(measure(truth, operator, 5, 6), operator);
    double range = plain.white() - plain.black();
    assertEquals(plain.black(), raised.black(), 1e-3 * range);
    assertEquals(plain.white(), raised.white(), 1e-3 * range);
  }

  @Test
  void whatIsSaturatedMayBeAsBrightAsTheClippedLevel() {
    float[] truth = truth("nuclei");
    float[] sorted = truth.clone();
    Arrays.sort(sorted);
    double high = sorted[sorted.length - 1];
    ClippedGain camera = new ClippedGain(2, 0, high);
    Measurement y = measure(truth, camera, 1e-3 * high, 6);
    Measurement clipped = y.map(value -> Math.min(value, high));
    assertEquals(high, estimate(clipped, camera).white(), 1e-6 * high);
  }

  @Test
  void aRangeThatCannotBeReadIsAskedFor() {
    FourierMagnitude magnitude = new FourierMagnitude(0.25);
    Measurement y = measure(truth("nuclei"), magnitude, 1, 6);
    String message =
        assertThrows(IllegalArgumentException.class, () -> estimate(y, magnitude)).getMessage();
    assertTrue(message.contains("Set intensity_low and intensity_high"), message);
  }
}
