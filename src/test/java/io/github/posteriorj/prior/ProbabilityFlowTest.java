package io.github.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.CardDocument;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The probability flow of images that are normal, x ~ N(mu, c^2): their denoiser is D(x, t) = (c^2
 * x + t^2 mu) / (c^2 + t^2), and the flow leads from x(sigma_max) to mu + c (x(sigma_max) - mu) /
 * sqrt(c^2 + sigma_max^2).
 */
class ProbabilityFlowTest {

  private static final double MU = 0.3;
  private static final double SPREAD = 0.5;
  private static final double SIGMA_MAX = 80;
  private static final Shape NOISE = new Shape(2, 1, 8, 8);

  @TempDir static Path folder;
  private static DiffusionModel model;

  @BeforeAll
  static void open() throws Exception {
    Path prior = PriorFolders.write(folder, 8, "return torch.div(x, 80.0)");
    PriorFolders.addDenoiser(
        prior,
        "level = torch.square(torch.reshape(sigma, [-1, 1, 1, 1]))",
        "weighted = torch.add(torch.mul(x, 0.25), torch.mul(level, 0.3))",
        "return torch.div(weighted, torch.add(level, 0.25))");
    CardDocument.read(prior).with(2, "config", "posteriorj", "reach").write(prior);
    model = PriorFolders.openDenoiser(prior);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static double exact(double z) {
    return MU + SPREAD * (SIGMA_MAX * z - MU) / Math.sqrt(SPREAD * SPREAD + SIGMA_MAX * SIGMA_MAX);
  }

  /** The largest error of the map, on noise of standard normal size. */
  private static double error(int steps) {
    float[] noise = RandomStream.of(1, 0).gaussian(Math.toIntExact(NOISE.size()));
    double worst = 0;
    try (NDManager scope = model.newScope()) {
      NDArray z = DeviceArrays.copyOf(scope, noise, NOISE);
      float[] found = model.probabilityFlow(steps).generate(z).toFloatArray();
      for (int i = 0; i < noise.length; i++) {
        worst = Math.max(worst, Math.abs(found[i] - exact(noise[i])));
      }
    }
    return worst;
  }

  @Test
  void itComesToTheClosedFormWithTheSquareOfTheStep() {
    double coarse = error(40);
    double fine = error(80);
    // Heun's method is of second order: half the step leaves a quarter of the error.
    assertEquals(4, coarse / fine, 0.5);
    assertTrue(error(320) < fine / 8, "error " + error(320));
  }

  @Test
  void oneStepIsTheDenoiser() {
    try (NDManager scope = model.newScope()) {
      NDArray z = DeviceArrays.copyOf(scope, new float[64], new Shape(1, 1, 8, 8));
      assertArrayEquals(
          model.denoise(z, SIGMA_MAX).toFloatArray(),
          model.probabilityFlow(1).generate(z).toFloatArray());
    }
  }

  @Test
  void theGradientPassesAllSteps() {
    float[] noise = RandomStream.of(1, 0).gaussian(Math.toIntExact(NOISE.size()));
    try (NDManager scope = model.newScope()) {
      NDArray z = DeviceArrays.copyOf(scope, noise, NOISE);
      Prior prior = model.probabilityFlow(80);
      float[] gradient =
          Differentiation.valueAndGradient(
                  input -> prior.generate(input).sum(new int[] {1, 2, 3}), z)
              .gradient()
              .toFloatArray();
      // The map is linear: its slope, by the closed form, within the error of the steps.
      for (float slope : gradient) {
        assertEquals(exact(1) - exact(0), slope, 5e-3);
      }
    }
  }

  @Test
  void thePullBackIsTheClosedFormsSlope() {
    float[] weights = RandomStream.of(1, 1).gaussian(Math.toIntExact(NOISE.size()));
    try (NDManager scope = model.newScope()) {
      NDArray g = DeviceArrays.copyOf(scope, weights, NOISE);
      float[] found = model.probabilityFlow(80).pullBack(scope.zeros(NOISE), g).toFloatArray();
      for (int i = 0; i < weights.length; i++) {
        assertEquals((exact(1) - exact(0)) * weights[i], found[i], 5e-3 * Math.abs(weights[i]));
      }
    }
  }

  @Test
  void theReachGrowsWithThePasses() {
    assertEquals(
        Optional.of(new Locality(2 * 9, 8)), model.forImages(5, new Shape(1, 9, 9), 1).locality());
  }

  @Test
  void theImagesOfABatchDoNotMix() {
    float[] noise = RandomStream.of(1, 0).gaussian(Math.toIntExact(NOISE.size()));
    try (NDManager scope = model.newScope()) {
      NDArray z = DeviceArrays.copyOf(scope, noise, NOISE);
      Prior prior = model.probabilityFlow(3);
      assertArrayEquals(
          prior.generate(z).get(1).toFloatArray(),
          prior.generate(z.get("1:2")).toFloatArray(),
          1e-6f);
    }
  }

  @Test
  void noStepsAndImagesThatTheNetworkDoesNotTakeAreRefused() {
    String steps =
        assertThrows(IllegalArgumentException.class, () -> model.probabilityFlow(0)).getMessage();
    assertTrue(steps.contains("must be 1 or more, not 0"), steps);
    Prior prior = model.probabilityFlow(2);
    assertEquals(new Shape(1, 16, 8), prior.latentShape(new Shape(1, 9, 8)));
    assertThrows(IllegalArgumentException.class, () -> prior.latentShape(new Shape(1, 7, 8)));
  }
}
