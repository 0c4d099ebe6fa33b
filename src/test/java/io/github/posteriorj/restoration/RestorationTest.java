package io.github.posteriorj.restoration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.SampleTarget;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with a prior of independent pixels, x = z / 2. */
class RestorationTest {

  private static final int SIZE = 8;
  private static final SamplerSettings SETTINGS =
      SamplerSettings.standard(4, 3).withTransitions(5, 1);

  @TempDir private static Path folder;
  private static ConsistencyModel model;

  @BeforeAll
  static void open() throws Exception {
    PriorFolders.write(folder, SIZE, "return torch.div(x, 160.0)");
    model = PriorFolders.open(folder);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** Squares every second pixel: it is not linear, and shrinks the image. */
  private record SquaredSubset() implements ForwardOperator {

    @Override
    public NDArray apply(NDArray x) {
      return x.get(":, :, ::2, ::2").square();
    }

    @Override
    public Shape outputShape(Shape x) {
      return new Shape(x.get(0), x.get(1) / 2, x.get(2) / 2);
    }

    @Override
    public Shape inputShape(Shape measurement) {
      return new Shape(measurement.get(0), 2 * measurement.get(1), 2 * measurement.get(2));
    }
  }

  private static Measurement measurement(double offset, double unit) {
    float[] values = RandomStream.of(9, 0).gaussian(SIZE * SIZE);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (offset + unit * (0.5 * values[i]));
    }
    return new Measurement(values, new Shape(1, SIZE, SIZE));
  }

  private static PosteriorSummary restore(
      ForwardOperator operator, Measurement y, double noise, IntensityRange range) {
    return Restorations.of(model, 1, operator, SETTINGS)
        .run(y, new GaussianNoise(noise), Optional.ofNullable(range), Progress.NONE);
  }

  @Test
  void theImageMayBeLargerThanItsMeasurementAndTheOperatorNotLinear() {
    float[] squares = new float[16];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = 1 + i / 8f;
    }
    PosteriorSummary summary =
        restore(
            new SquaredSubset(),
            new Measurement(squares, new Shape(1, 4, 4)),
            0.1,
            new IntensityRange(0, 4));
    assertArrayEquals(new long[] {8, 8}, summary.mean().dimensionsAsLongArray());
    assertArrayEquals(new long[] {8, 8, 4}, summary.samples().dimensionsAsLongArray());
    float[] sample = Planes.pixels(summary.samples());
    for (int i = 0; i < squares.length; i++) {
      double root = sample[i / 4 * 2 * SIZE + i % 4 * 2];
      // Ten standard deviations of the noise.
      assertEquals(squares[i], root * root, 1);
    }
  }

  @Test
  void anAffineChangeOfUnitsChangesNothingElse() {
    GaussianBlur blur = new GaussianBlur(1);
    PosteriorSummary plain = restore(blur, measurement(0, 1), 0.1, new IntensityRange(-1, 1));
    PosteriorSummary camera =
        restore(blur, measurement(500, 200), 20, new IntensityRange(300, 700));
    float[] expected = Planes.pixels(plain.samples());
    float[] found = Planes.pixels(camera.samples());
    for (int i = 0; i < expected.length; i++) {
      // Float32 of some hundred units, followed through two hundred steps.
      assertEquals(expected[i], (found[i] - 500) / 200, 1e-3);
    }
    assertEquals(plain.misfit(), camera.misfit(), 1e-3 * plain.misfit());
  }

  @Test
  void theMisfitIsThatOfTheSamples() {
    Measurement y = measurement(0, 1);
    PosteriorSummary summary = restore(new GaussianBlur(0.05), y, 0.1, new IntensityRange(-1, 1));
    // So narrow a blur leaves the image as it is.
    float[] samples = Planes.pixels(summary.samples());
    double squares = 0;
    for (int i = 0; i < samples.length; i++) {
      squares += Math.pow((samples[i] - y.values()[i % y.values().length]) / 0.1, 2);
    }
    assertEquals(squares / samples.length, summary.misfit(), 1e-4 * summary.misfit());
  }

  @Test
  void theBestChainsAreKept() {
    Measurement y = measurement(0, 1);
    GaussianBlur blur = new GaussianBlur(1);
    IntensityRange range = new IntensityRange(-1, 1);
    PosteriorSummary all =
        Restorations.of(model, 1, blur, SETTINGS.withRestarts(3), 1)
            .run(y, new GaussianNoise(0.1), Optional.of(range), Progress.NONE);
    PosteriorSummary best =
        Restorations.of(model, 1, blur, SETTINGS, 3)
            .run(y, new GaussianNoise(0.1), Optional.of(range), Progress.NONE);
    assertArrayEquals(new long[] {8, 8, 12}, all.samples().dimensionsAsLongArray());
    assertArrayEquals(new long[] {8, 8, 4}, best.samples().dimensionsAsLongArray());
    assertTrue(best.misfit() < all.misfit(), best.misfit() + " against " + all.misfit());
  }

  private static PosteriorSummary limited(int chains, double effectiveSamples) {
    SamplerSettings settings =
        SETTINGS.withChains(chains).withTarget(new SampleTarget(effectiveSamples, 1));
    return Restorations.of(model, 1, new GaussianBlur(1), settings)
        .run(
            measurement(0, 1),
            new GaussianNoise(0.1),
            Optional.of(new IntensityRange(-1, 1)),
            Progress.NONE);
  }

  @Test
  void aRunThatItsLimitEndedSaysWhatItLacks() {
    PosteriorSummary fewer = limited(2, 0);
    assertEquals(2, fewer.sampleCount());
    assertTrue(
        fewer
            .warnings()
            .contains(
                "The limit on gradients ended the run after 2 samples, before the 4 that were asked"
                    + " for. Raise max_gradients (0: no limit), or ask for less."),
        fewer.warnings()::toString);
    PosteriorSummary poorer = limited(4, 100);
    assertEquals(4, poorer.sampleCount());
    assertTrue(
        poorer
            .warnings()
            .contains(
                "The limit on gradients ended the run after 4 samples, before their effective size"
                    + " was 100.0. Raise max_gradients (0: no limit), or ask for less."),
        poorer.warnings()::toString);
    PosteriorSummary enough = limited(4, 0);
    List<String> others = new ArrayList<>(enough.doubts());
    others.addAll(enough.diagnostics().warnings());
    assertEquals(others, enough.warnings());
  }

  @Test
  void oneSampleIsTheLeastThatALimitLeaves() {
    PosteriorSummary one = limited(1, 0);
    assertEquals(1, one.sampleCount());
    assertEquals(1, one.channels());
  }

  @Test
  void whatWasNotObservedTellsNothingAndIsNotCounted() {
    Measurement complete = measurement(0, 1);
    float[] values = complete.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 4 == 0 ? values[i] : Float.NaN;
    }
    GaussianBlur sharp = new GaussianBlur(0.05);
    PosteriorSummary summary =
        restore(sharp, new Measurement(values, complete.shape()), 0.1, new IntensityRange(-1, 1));
    float[] variance = Planes.pixels(summary.variance());
    double seen = 0;
    double unseen = 0;
    for (int i = 0; i < variance.length; i++) {
      if (i % 4 == 0) {
        seen += variance[i] / 16;
      } else {
        unseen += variance[i] / 48;
      }
    }
    // The noise's variance of 0.01 against the prior's of 0.25: most of the difference must show in
    // four samples.
    assertTrue(seen < 0.03, "seen " + seen);
    assertTrue(unseen > 0.1, "unseen " + unseen);
    assertTrue(summary.misfit() > 0.2 && summary.misfit() < 3, "misfit " + summary.misfit());
  }

  @Test
  void aRangeThatCannotBeEstimatedIsAskedFor() {
    Measurement y = new Measurement(new float[16], new Shape(1, 4, 4));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> restore(new SquaredSubset(), y, 0.1, null))
            .getMessage();
    assertTrue(message.contains("Set intensity_low and intensity_high"), message);
  }

  @Test
  void aMeasurementWithoutItsNumberOfValuesIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Measurement(new float[7], new Shape(1, 2, 3)))
            .getMessage();
    assertTrue(message.contains("6 values, not 7"), message);
  }
}
