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
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
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

  /**
   * Network passes are nearly all of a run. Other work may begin or end on the machine meanwhile:
   * each run is compared with estimates before it and after it, and the middle one of three counts.
   */
  @Test
  void aRunTakesWhatWasExpected() throws Exception {
    Solver solver = new LevelLangevin(0.3, 0, 4, 6, 1, 0.3);
    try (GenerativeModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      MemoryPlan plan = plan(problem(model, 96));
      InverseProblem problem = plan.problem();
      // The denoiser is opened, and PyTorch knows the shapes.
      new LevelLangevin(0.3, 0, 2, 1, 1, 0.3).solve(problem, 2, sample -> {}, Progress.NONE);
      long passes = solver.expectedPasses(problem, 2);
      double[] ratios = new double[3];
      for (int i = 0; i < ratios.length; i++) {
        double before = plan.estimate(passes, 2).seconds();
        long begun = System.nanoTime();
        SolverReport report = solver.solve(problem, 2, sample -> {}, Progress.NONE);
        double taken = (System.nanoTime() - begun) / 1e9;
        double after = plan.estimate(passes, 2).seconds();
        assertEquals(report.networkPasses(), passes);
        ratios[i] = taken / Math.sqrt(before * after);
      }
      Arrays.sort(ratios);
      assertTrue(
          ratios[1] > 0.5 && ratios[1] < 2, "taken over expected: " + Arrays.toString(ratios));
    }
  }

  @Test
  void tilesTakeLongerByTheirHalosAndTheirSecondPass() throws Exception {
    try (GenerativeModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      MemoryPlan whole = plan(problem(model, 256));
      MemoryPlan tiled = plan(problem(model.tiled(64), 256));
      double[] ratios = new double[3];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = tiled.estimate(1000, 2).seconds() / whole.estimate(1000, 2).seconds();
      }
      Arrays.sort(ratios);
      // Windows of 192, 256, 256 and 192 columns, and four passes in the place of three.
      double ratio = ratios[1] / (896.0 / 256 * 4 / 3);
      assertTrue(ratio > 0.5 && ratio < 2, "the ratio is " + ratio);
    }
  }

  /** On a fast device the chains' noise takes longer than the network; it is drawn, and copied. */
  @Test
  void theNoiseOfChainsIsTimed() throws Exception {
    int numbers = 1 << 16;
    RandomStream stream = RandomStream.of(1, 0);
    try (GenerativeModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      double[] ratios = new double[3];
      for (int i = 0; i < ratios.length; i++) {
        double drawing = MedianTime.seconds(() -> stream.gaussian(numbers)) / numbers;
        ratios[i] = new TimedNoise(model, 1).secondsOfNumber() / drawing;
      }
      Arrays.sort(ratios);
      assertTrue(ratios[1] > 0.5 && ratios[1] < 10, "timed over drawn: " + Arrays.toString(ratios));
    }
  }
}
