package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.likelihood.ObservedLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deconvolution that stops where the noise explains the measurement. */
class PointEstimatesTest {

  private static final int SIDE = 16;
  private static final Shape IMAGE = new Shape(1, SIDE, SIDE);
  private static final double NOISE = 0.1;
  private static final GaussianBlur BLUR = new GaussianBlur(1);

  @TempDir static Path folder;

  @RegisterExtension static final OpenNormalModel MODEL = new OpenNormalModel(() -> folder);

  /** A bright square in the dark. */
  private static float[] square() {
    float[] pixels = new float[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / SIDE;
      int column = i % SIDE;
      boolean inside = row > 4 && row < 11 && column > 4 && column < 11;
      pixels[i] = inside ? 0.8f : -0.8f;
    }
    return pixels;
  }

  private static InverseProblem problem(ForwardOperator operator) {
    GaussianLikelihood likelihood = new GaussianLikelihood(NOISE);
    try (NDManager scope = MODEL.get().newScope()) {
      float[] sharp =
          operator
              .apply(DeviceArrays.copyOf(scope, square(), new Shape(1).addAll(IMAGE)))
              .toFloatArray();
      float[] y = likelihood.simulate(sharp, RandomStream.of(3, 0));
      return new InverseProblem(MODEL.get(), 1, operator, likelihood, y, IMAGE, 1);
    }
  }

  private static float[] image(Solver solver, InverseProblem problem) {
    List<float[]> images = new ArrayList<>();
    solver.solve(problem, 2, sample -> images.add(sample.image()), Progress.NONE);
    assertEquals(1, images.size());
    return images.get(0);
  }

  private static double misfit(InverseProblem problem, float[] image) {
    try (NDManager scope = MODEL.get().newScope()) {
      NDArray x = DeviceArrays.copyOf(scope, image, new Shape(1).addAll(IMAGE));
      return problem
          .likelihood()
          .misfit(problem.operator().apply(x).toFloatArray(), problem.measurement());
    }
  }

  static List<Solver> iterative() {
    return List.of(new RichardsonLucy(500, 1), new RichardsonLucyTv(500, 1, 0.01));
  }

  @ParameterizedTest
  @MethodSource("iterative")
  void iterationsEndWhereTheNoiseExplainsTheMeasurement(Solver solver) {
    InverseProblem problem = problem(BLUR);
    long[] last = {0};
    solver.solve(problem, 2, sample -> {}, (stage, done, total) -> last[0] = done);
    assertTrue(last[0] > 2 && last[0] < 100, "ended after " + last[0]);
    assertTrue(misfit(problem, image(solver, problem)) <= 1);
    Solver shorter = solver(solver, (int) last[0] - 1, 1);
    assertTrue(misfit(problem, image(shorter, problem)) > 1);
    SolverReport report = shorter.solve(problem, 2, sample -> {}, Progress.NONE);
    assertEquals(2, report.warnings().size());
    assertTrue(report.warnings().get(1).contains("before that of 1"), report.warnings()::toString);
  }

  private static Solver solver(Solver like, int iterations, double discrepancy) {
    return (Solver)
        MethodSettings.with(like, Map.of("iterations", iterations, "discrepancy", discrepancy));
  }

  @Test
  void withoutAStopTheIterationsAreThoseOfRichardsonAndLucy() {
    InverseProblem problem = problem(BLUR);
    try (NDManager scope = MODEL.get().newScope()) {
      NDArray light =
          DeviceArrays.copyOf(scope, problem.measurement(), new Shape(1).addAll(IMAGE)).add(1);
      float[] expected = RichardsonLucy.deconvolve(BLUR, light, 7).sub(1).toFloatArray();
      assertArrayEquals(expected, image(new RichardsonLucy(7, 0), problem), 1e-5f); // float32
      assertArrayEquals(expected, image(new RichardsonLucyTv(7, 0, 0), problem), 1e-5f);
    }
  }

  @Test
  void totalVariationIsLessWhereItIsRegularised() {
    InverseProblem problem = problem(BLUR);
    double plain = variation(image(new RichardsonLucyTv(50, 0, 0), problem));
    double regularised = variation(image(new RichardsonLucyTv(50, 0, 0.02), problem));
    assertTrue(regularised < 0.8 * plain, regularised + " and " + plain);
  }

  private static double variation(float[] image) {
    double sum = 0;
    for (int row = 0; row < SIDE - 1; row++) {
      for (int column = 0; column < SIDE - 1; column++) {
        int i = row * SIDE + column;
        sum += Math.hypot(image[i + 1] - image[i], image[i + SIDE] - image[i]);
      }
    }
    return sum;
  }

  @Test
  void theCurvatureOfARampIsNoneAndThatOfASpotIsWhatLeavesIt() {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      float[] ramp = new float[25];
      float[] spot = new float[25];
      spot[12] = 1;
      for (int i = 0; i < 25; i++) {
        ramp[i] = 1 + i % 5;
      }
      Shape shape = new Shape(1, 1, 5, 5);
      float[] ofRamp =
          RichardsonLucyTv.curvature(DeviceArrays.copyOf(scope, ramp, shape)).toFloatArray();
      for (int i = 0; i < 25; i++) {
        float expected = i % 5 == 0 ? 1 : i % 5 == 4 ? -1 : 0;
        assertEquals(expected, ofRamp[i], 1e-6f);
      }
      float[] ofSpot =
          RichardsonLucyTv.curvature(DeviceArrays.copyOf(scope, spot, shape)).toFloatArray();
      // The spot's own slopes, -(1, 1) / sqrt(2), and those that lead to it from two neighbours.
      assertEquals(-Math.sqrt(2) - 2, ofSpot[12], 1e-6f);
      assertEquals(1, ofSpot[11], 1e-6f);
      assertEquals(1 / Math.sqrt(2), ofSpot[13], 1e-6f);
    }
  }

  /** For a measurement of all pixels it is m + w (y - m), with the w of misfit 1. */
  @Test
  void wienersFilterShrinksToTheMeanByWhatTheNoiseExplains() {
    InverseProblem problem = problem(new Identity());
    float[] y = problem.measurement();
    double mean = 0;
    double squares = 0;
    for (float value : y) {
      mean += value / y.length;
    }
    for (float value : y) {
      squares += (value - mean) * (value - mean) / y.length;
    }
    double share = 1 - NOISE / Math.sqrt(squares);
    float[] image = image(new WienerFilter(1), problem);
    for (int i = 0; i < y.length; i++) {
      assertEquals(mean + share * (y[i] - mean), image[i], 1e-4); // 24 halvings and float32
    }
    assertEquals(1, misfit(problem(BLUR), image(new WienerFilter(1), problem(BLUR))), 1e-3);
  }

  @Test
  void whatWasNotObservedHasNoSay() {
    InverseProblem whole = problem(BLUR);
    boolean[] observed = new boolean[SIDE * SIDE];
    Arrays.fill(observed, true);
    float[] spoilt = whole.measurement().clone();
    for (int i = 3; i < spoilt.length; i += 7) {
      observed[i] = false;
      spoilt[i] = 0;
    }
    float[] other = spoilt.clone();
    for (int i = 3; i < other.length; i += 7) {
      other[i] = 9;
    }
    for (Solver solver :
        List.of(
            new RichardsonLucyTv(20, 0, 0.01), new RichardsonLucy(20, 0), new WienerFilter(1))) {
      float[] expected = image(solver, with(whole, spoilt, observed));
      assertArrayEquals(expected, image(solver, with(whole, other, observed)), 1e-4f);
    }
  }

  @Test
  void hiddenPixelsAreNotFilledWithoutAPrior() {
    boolean[] visible = new boolean[SIDE * SIDE];
    Arrays.fill(visible, 3, visible.length, true);
    InverseProblem masked = problem(PixelMask.of(visible, SIDE, SIDE));
    for (Solver solver : List.of(new RichardsonLucy(5, 0), new WienerFilter(1))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> image(solver, masked)).getMessage();
      assertTrue(message.startsWith("3 of 256 pixels are measured by nothing"), message);
    }
  }

  private static InverseProblem with(InverseProblem problem, float[] y, boolean[] observed) {
    return new InverseProblem(
        MODEL.get(),
        1,
        problem.operator(),
        new ObservedLikelihood(problem.likelihood(), observed),
        y,
        IMAGE,
        1);
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    refused(() -> new RichardsonLucy(0, 1), "iterations must be 1 or more, not 0.");
    refused(() -> new RichardsonLucyTv(1, -1, 0), "discrepancy must be 0 or more, not -1.0.");
    refused(() -> new RichardsonLucyTv(1, 1, 0.3), "smoothing must be below 0.25, not 0.3.");
    refused(() -> new Latino(8, 0), "proximal_strength must be above 0, not 0.0.");
  }

  private static void refused(Runnable made, String why) {
    assertEquals(why, assertThrows(IllegalArgumentException.class, made::run).getMessage());
  }
}
