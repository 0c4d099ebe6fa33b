package io.github.posteriorj.restoration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.imagej.TestImages;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.FourierMagnitude;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One hot pixel makes no range, and images of the project have no outliers. */
class OutlyingValuesTest {

  private static final int SIZE = 128;
  private static final Shape SHAPE = new Shape(1, SIZE, SIZE);

  private static Measurement measure(String image, ForwardOperator operator, double noise) {
    float[] truth = TestImages.part(TestImages.open(image), 0, 0, SIZE, SIZE);
    double range = range(truth);
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray clean = operator.apply(scope.create(truth, new Shape(1).addAll(SHAPE)));
      float[] y = clean.toFloatArray();
      return new Measurement(
          noise == 0 ? y : new GaussianLikelihood(noise * range).simulate(y, RandomStream.of(6, 0)),
          clean.getShape().slice(1));
    }
  }

  private static double range(float[] values) {
    float low = values[0];
    float high = values[0];
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }

  private static Stream<Arguments> measurements() {
    return Stream.of("cells", "nuclei", "filaments", "mitochondria", "membranes", "puncta")
        .flatMap(
            image ->
                Stream.of(0.0, 0.002, 0.01, 0.05)
                    .flatMap(
                        noise ->
                            Stream.of(new Identity(), new GaussianBlur(1), new GaussianBlur(2))
                                .map(operator -> Arguments.of(image, operator, noise))));
  }

  @ParameterizedTest
  @MethodSource("measurements")
  void imagesOfTheProjectHaveNone(String image, ForwardOperator operator, double noise) {
    assertEquals(
        0, OutlyingValues.of(measure(image, operator, noise), operator, Progress.NONE).count());
  }

  private static List<ForwardOperator> operators() {
    return List.of(
        new Identity(),
        new GaussianBlur(2),
        new ClippedGain(2, -1e9, 1e9),
        Composition.of(new GaussianBlur(2), new Affine(1, 100)));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void oneHotPixelMakesNoRange(ForwardOperator operator) {
    Measurement y = measure("nuclei", operator, 0.05);
    float[] hot = y.values().clone();
    hot[40 * SIZE + 40] = 65535;
    hot[90 * SIZE + 14] = 1e6f;
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      IntensityRange plain = IntensityRange.estimate(y, operator, scope, Progress.NONE);
      IntensityRange found =
          IntensityRange.estimate(new Measurement(hot, SHAPE), operator, scope, Progress.NONE);
      double range = plain.white() - plain.black();
      assertEquals(plain.black(), found.black(), 0.02 * range);
      assertEquals(plain.white(), found.white(), 0.02 * range);
    }
  }

  @Test
  void theRangeOfAMeasurementItselfLeavesThemOutToo() {
    Measurement y = measure("nuclei", new Identity(), 0.05);
    float[] hot = y.values().clone();
    hot[40 * SIZE + 40] = 65535;
    IntensityRange plain = IntensityRange.of(y);
    IntensityRange found = IntensityRange.of(new Measurement(hot, SHAPE));
    assertEquals(plain.black(), found.black());
    assertEquals(plain.white(), found.white());
  }

  @Test
  void whatIsNoImageOfThePixelsHasNone() {
    float[] spectrum = measure("nuclei", new Identity(), 0.05).values();
    spectrum[40 * SIZE + 40] = 1e6f;
    Measurement peak = new Measurement(spectrum, SHAPE);
    assertEquals(1, OutlyingValues.of(peak, new Identity(), Progress.NONE).count());
    assertEquals(0, OutlyingValues.of(peak, new FourierMagnitude(0), Progress.NONE).count());
    assertEquals(0, OutlyingValues.of(peak, new AveragePooling(2), Progress.NONE).count());
  }

  @Test
  void theyAreToldWithTheWayToHideThem() {
    float[] values = measure("nuclei", new Identity(), 0.05).values();
    values[40 * SIZE + 40] = 1e6f;
    Measurement hot = new Measurement(values, SHAPE);
    OutlyingValues one = OutlyingValues.of(hot, Progress.NONE);
    String kept = one.warning(OutlierTreatment.KEEP).orElseThrow();
    assertTrue(kept.startsWith("1 pixel stands out"), kept);
    assertTrue(kept.endsWith("write outliers=hide."), kept);
    assertTrue(Float.isNaN(one.treated(hot, OutlierTreatment.HIDE).values()[40 * SIZE + 40]));
    assertEquals(hot, one.treated(hot, OutlierTreatment.KEEP));
    values[90 * SIZE + 14] = 1e6f;
    OutlyingValues two = OutlyingValues.of(new Measurement(values, SHAPE), Progress.NONE);
    String hidden = two.warning(OutlierTreatment.HIDE).orElseThrow();
    assertTrue(hidden.startsWith("2 pixels stand out"), hidden);
    OutlyingValues none = new OutlyingValues(new boolean[9], 0);
    assertEquals(Optional.empty(), none.warning(OutlierTreatment.KEEP));
  }
}
