package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunEstimateTest {

  private static final double GIBIBYTE = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    "0.2, 0.0001, 'about 1 s, 1 MB of memory'",
    "89, 0.5, 'about 89 s, 512 MB of memory'",
    "720, 1.29, 'about 12 min, 1.3 GB of memory'",
    "36000, 20, 'about 10 h, 20.0 GB of memory'"
  })
  void timeAndMemoryAreToldForPeople(double seconds, double gigabytes, String expected) {
    assertEquals(expected, new RunEstimate(seconds, gigabytes * GIBIBYTE).toString());
  }

  private static InverseProblem problem(GenerativeModel model, int width) {
    return new InverseProblem(
        model,
        1,
        new GaussianBlur(2),
        new GaussianLikelihood(0.1),
        new float[32 * width],
        new Shape(1, 32, width),
        1);
  }

  private static MemoryPlan plan(InverseProblem problem) {
    return MemoryPlan.of(problem, 2, DeviceMemory.of(ComputeDevice.CPU));
  }

  /** Network passes are nearly all of a run; a busy machine may double either time. */
  @Test
  void aRunTakesWhatWasExpected() throws Exception {
    Solver solver = new LevelLangevin(0.3, 0, 4, 6, 1, 0.3);
    try (GenerativeModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      MemoryPlan plan = plan(problem(model, 96));
      InverseProblem problem = plan.problem();
      // The denoiser is opened, and PyTorch knows the shapes.
      new LevelLangevin(0.3, 0, 2, 1, 1, 0.3).solve(problem, 2, sample -> {}, Progress.NONE);
      long passes = solver.expectedPasses(problem, 2);
      double before = plan.estimate(passes).seconds();
      long begun = System.nanoTime();
      SolverReport report = solver.solve(problem, 2, sample -> {}, Progress.NONE);
      double taken = (System.nanoTime() - begun) / 1e9;
      // Other work may have begun or ended meanwhile: the run is between an estimate before it and
      // one after it.
      double after = plan.estimate(passes).seconds();
      assertEquals(report.networkPasses(), passes);
      assertTrue(
          taken < 4 * Math.max(before, after) && Math.min(before, after) < 4 * taken,
          "%s s and then %s s were expected, and %s s taken".formatted(before, after, taken));
    }
  }

  @Test
  void tilesTakeLongerByTheirHalosAndTheirSecondPass() throws Exception {
    try (GenerativeModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      double whole = plan(problem(model, 256)).estimate(1000).seconds();
      double tiled = plan(problem(model.tiled(64), 256)).estimate(1000).seconds();
      // Windows of 192, 256, 256 and 192 columns, and four passes in the place of three.
      double ratio = tiled / whole / (896.0 / 256 * 4 / 3);
      assertTrue(ratio > 0.25 && ratio < 4, "the ratio is " + ratio);
    }
  }
}
