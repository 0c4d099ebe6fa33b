package io.github.posteriorj.restoration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.sampler.Preconditioning;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.WarmStart;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import io.github.posteriorj.solver.Solver;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.imglib2.view.Views;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A restoration whose network passes go tile by tile against one whose passes are whole: same seed,
 * same samples, up to what rounding becomes in a short chain.
 */
class TiledRestorationTest {

  private static final int TILE = 64;
  private static final int SAMPLES = 2;
  private static final double NOISE = 0.05;
  private static final GaussianBlur BLUR = new GaussianBlur(1.5);

  private static final Solver AT_A_LEVEL = new LevelLangevin(0.3, 0, 4, 3, 1, 0.3);

  /** The largest difference that counts as none, as a share of the range. */
  private static final double TOLERANCE = 1e-3;

  @TempDir private Path folder;

  /** A short walk: the warm start of the default settings, then moves of one gradient each. */
  private static final Solver AT_THE_HIGHEST_LEVEL =
      NoiseSpaceLangevin.of(
          SamplerSettings.standard(SAMPLES, 1)
              .withStart(WarmStart.SPLIT_GIBBS, 6)
              .withIntegrator(Integrator.EULER_MARUYAMA, 1e-4)
              .withPreconditioning(Preconditioning.NONE)
              .withTransitions(4, 1));

  /** Structures of many sizes: a random field, seen through the blur, with noise. */
  private static Measurement measurement(GenerativeModel model, int height, int width) {
    Shape shape = new Shape(1, 1, height, width);
    float[] field = RandomStream.of(3, 0).gaussian(height * width);
    try (NDManager scope = model.newScope()) {
      float[] seen =
          BLUR.apply(new GaussianBlur(3).apply(DeviceArrays.copyOf(scope, field, shape)).mul(2))
              .toFloatArray();
      float[] noise = RandomStream.of(3, 1).gaussian(seen.length);
      for (int i = 0; i < seen.length; i++) {
        seen[i] += (float) (NOISE * noise[i]);
      }
      return new Measurement(seen, shape.slice(1));
    }
  }

  private static PosteriorSummary run(GenerativeModel model, Measurement y, Solver solver) {
    return new Restoration(model, 1, BLUR, solver, SAMPLES, 7, OutlierTreatment.KEEP, List.of())
        .run(y, new GaussianNoise(NOISE), Optional.of(new IntensityRange(-1, 1)), Progress.NONE);
  }

  private static void assertTilesMakeNoDifference(
      GenerativeModel model, int height, int width, Solver solver) {
    Measurement y = measurement(model, height, width);
    PosteriorSummary whole = run(model, y, solver);
    PosteriorSummary tiled = run(model.tiled(TILE), y, solver);
    assertNear(Planes.pixels(whole.mean()), Planes.pixels(tiled.mean()));
    for (int i = 0; i < SAMPLES; i++) {
      assertNear(
          Planes.pixels(Views.hyperSlice(whole.samples(), 2, i)),
          Planes.pixels(Views.hyperSlice(tiled.samples(), 2, i)));
    }
  }

  private static void assertNear(float[] expected, float[] found) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      low = Math.min(low, expected[i]);
      high = Math.max(high, expected[i]);
      largest = Math.max(largest, Math.abs(expected[i] - found[i]));
    }
    assertEquals(0, largest / (high - low), TOLERANCE);
  }

  @Test
  void aLocalPriorAtItsHighestLevel() throws Exception {
    try (ConsistencyModel model = PriorFolders.open(PriorFolders.writeLocal(folder))) {
      assertTilesMakeNoDifference(model, 90, 141, AT_THE_HIGHEST_LEVEL);
    }
  }

  @Test
  void aLocalPriorAtALevel() throws Exception {
    try (ConsistencyModel model = PriorFolders.open(PriorFolders.writeLocal(folder))) {
      assertTilesMakeNoDifference(model, 90, 141, AT_A_LEVEL);
    }
  }

  /** A strip that is longer than a tile at its end with a halo of 128 pixels. */
  @Test
  void theBundledPriorAtItsHighestLevel() throws Exception {
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      assertTilesMakeNoDifference(model, 16, 224, AT_THE_HIGHEST_LEVEL);
    }
  }

  @Test
  void theBundledPriorAtALevel() throws Exception {
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      assertTilesMakeNoDifference(model, 16, 224, AT_A_LEVEL);
    }
  }

  /**
   * A constant scene has the same variance everywhere: that of the columns at the border of two
   * tiles is that of the others, within four standard errors of the mean of columns.
   */
  @Test
  void theVarianceShowsNoSeams() throws Exception {
    int tile = 16;
    int width = 128;
    int height = 64;
    float[] constant = new float[height * width];
    Measurement y = new Measurement(constant, new Shape(1, height, width));
    try (ConsistencyModel model = PriorFolders.open(PriorFolders.writeLocal(folder))) {
      PosteriorSummary summary =
          new Restoration(
                  model.tiled(tile), 1, BLUR, AT_A_LEVEL, 24, 7, OutlierTreatment.KEEP, List.of())
              .run(
                  y,
                  new GaussianNoise(NOISE),
                  Optional.of(new IntensityRange(-1, 1)),
                  Progress.NONE);
      float[] variance = Planes.pixels(summary.variance());
      SummaryStatistics atBorders = new SummaryStatistics();
      SummaryStatistics elsewhere = new SummaryStatistics();
      // The image's own border mirrors, which is another matter.
      for (int x = tile; x < width - tile; x++) {
        double sum = 0;
        for (int row = tile; row < height - tile; row++) {
          sum += variance[row * width + x];
        }
        int toBorder = Math.min(x % tile, tile - 1 - x % tile);
        (toBorder < 2 ? atBorders : elsewhere).addValue(sum);
      }
      double error =
          Math.sqrt(
              atBorders.getVariance() / atBorders.getN()
                  + elsewhere.getVariance() / elsewhere.getN());
      assertEquals(elsewhere.getMean(), atBorders.getMean(), 4 * error);
    }
  }
}
