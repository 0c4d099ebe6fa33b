package io.github.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas around a prior's network, with networks known in closed form. */
class ConsistencyModelTest {

  /** f(x, sigma) = x / (1 + sigma). */
  private static final String[] DIVIDE = {
    "level = torch.reshape(sigma, [-1, 1, 1, 1])", "return torch.div(x, torch.add(level, 1.0))"
  };

  private static final double SIGMA_MIN = 0.002;
  private static final double SIGMA_MAX = 80;

  @TempDir private Path folder;

  private ConsistencyModel open(int sizeMultiple, String... body) throws IOException {
    return PriorFolders.open(PriorFolders.write(folder, sizeMultiple, body));
  }

  private static float[] generate(Prior prior, NDManager scope, float[] z, Shape shape) {
    return prior.generate(scope.create(z, new Shape(1).addAll(shape))).toFloatArray();
  }

  @Test
  void oneStepIsTheNetworkAtTheHighestLevel() throws IOException {
    try (ConsistencyModel model = open(4, DIVIDE);
        NDManager scope = model.newScope()) {
      float[] z = RandomStream.of(1, 0).gaussian(16);
      float[] image = generate(model.oneStep(), scope, z, new Shape(1, 4, 4));
      for (int i = 0; i < z.length; i++) {
        assertEquals(80.0 / 81 * z[i], image[i], 1e-6);
      }
    }
  }

  /** Equation 5 of Karras et al. 2022 for the 40 levels, written out once more. */
  private static double level(int i) {
    double share = i / 39.0;
    return Math.pow(
        Math.pow(SIGMA_MAX, 1 / 7.0) * (1 - share) + Math.pow(SIGMA_MIN, 1 / 7.0) * share, 7);
  }

  @Test
  void theLevelsFallFromTheHighestToTheLowest() {
    PriorConstants constants =
        new PriorConstants(
            SIGMA_MIN, SIGMA_MAX, -1, 1, 1, 8, 8, 100, OptionalDouble.empty(), OptionalInt.empty());
    assertEquals(80, constants.karrasLevel(0), 1e-9);
    assertEquals(0.002, constants.karrasLevel(1), 1e-9);
    for (int i = 1; i < 40; i++) {
      double found = constants.karrasLevel(i / 39.0);
      assertEquals(level(i), found, 1e-9 * found);
      assertTrue(found < constants.karrasLevel((i - 1) / 39.0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void severalStepsFollowTheFormula(int steps) throws IOException {
    Shape shape = new Shape(1, 4, 8);
    try (ConsistencyModel model = open(4, DIVIDE);
        NDManager scope = model.newScope()) {
      float[] z = RandomStream.of(1, 0).gaussian(32);
      Prior prior = model.multistep(steps, shape, RandomStream.of(2, 0));
      double[] expected = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        expected[i] = SIGMA_MAX * z[i] / (1 + SIGMA_MAX);
      }
      RandomStream frozen = RandomStream.of(2, 0);
      for (int k = 1; k < steps; k++) {
        double t = level(k * 40 / steps);
        float[] e = frozen.gaussian(32);
        for (int i = 0; i < z.length; i++) {
          double noisy = expected[i] + Math.sqrt(t * t - SIGMA_MIN * SIGMA_MIN) * e[i];
          expected[i] = noisy / (1 + t);
        }
      }
      float[] image = generate(prior, scope, z, shape);
      for (int i = 0; i < z.length; i++) {
        assertEquals(expected[i], image[i], 1e-5); // float32, values of order 1
      }
    }
  }

  @Test
  void theSecondOfTwoStepsIsAtTheLevelThatTheCardRecommends() throws IOException {
    PriorFolders.write(folder, 4, DIVIDE);
    Path card = folder.resolve("rdf.yaml");
    Files.writeString(card, Files.readString(card) + "    intermediate_sigma: 0.5\n");
    Shape shape = new Shape(1, 4, 4);
    try (ConsistencyModel model = PriorFolders.open(folder);
        NDManager scope = model.newScope()) {
      float[] zero = new float[16];
      float[] image =
          generate(model.multistep(2, shape, RandomStream.of(2, 0)), scope, zero, shape);
      float[] e = RandomStream.of(2, 0).gaussian(16);
      for (int i = 0; i < e.length; i++) {
        assertEquals(Math.sqrt(0.25 - SIGMA_MIN * SIGMA_MIN) * e[i] / 1.5, image[i], 1e-6);
      }
    }
  }

  @Test
  void theNoiseBetweenTheStepsIsFrozen() throws IOException {
    Shape shape = new Shape(1, 4, 4);
    try (ConsistencyModel model = open(4, DIVIDE);
        NDManager scope = model.newScope()) {
      float[] z = RandomStream.of(1, 0).gaussian(16);
      Prior prior = model.multistep(3, shape, RandomStream.of(2, 0));
      float[] first = generate(prior, scope, z, shape);
      assertArrayEquals(first, generate(prior, scope, z, shape));
      Prior other = model.multistep(3, shape, RandomStream.of(3, 0));
      assertFalse(Arrays.equals(first, generate(other, scope, z, shape)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void stepsThatAreNoneAreRefused(int steps) throws IOException {
    try (ConsistencyModel model = open(4, DIVIDE)) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.multistep(steps, new Shape(1, 4, 4), RandomStream.of(1, 0)))
              .getMessage();
      assertTrue(message.contains("not " + steps + "."), message);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 8, 8", "9, 16, 16, 16", "17, 9, 24, 16", "100, 37, 104, 40"})
  void noiseIsRoundedUpToTheMultiple(long height, long width, long noiseHeight, long noiseWidth)
      throws IOException {
    try (ConsistencyModel model = open(8, DIVIDE)) {
      assertEquals(
          new Shape(1, noiseHeight, noiseWidth),
          model.oneStep().latentShape(new Shape(1, height, width)));
    }
  }

  @Test
  void imagesThatAreTooSmallOrOfSeveralChannelsAreRefused() throws IOException {
    try (ConsistencyModel model = open(8, DIVIDE)) {
      String small =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.oneStep().latentShape(new Shape(1, 20, 7)))
              .getMessage();
      assertTrue(small.contains("7 x 20") && small.contains("at least 8 x 8"), small);
      String colour =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.oneStep().latentShape(new Shape(3, 16, 16)))
              .getMessage();
      assertTrue(colour.contains("1 channel(s), not of 3"), colour);
    }
  }

  @Test
  void aCropKeepsTheMiddleOfTheCanvas() throws IOException {
    Shape image = new Shape(1, 5, 3);
    try (ConsistencyModel model = open(8, "return torch.div(x, 80.0)"); // Phi(z) = z
        NDManager scope = model.newScope()) {
      Prior whole = model.oneStep();
      // The smallest image of this prior is 8 x 8, its noise is the next multiple of 8.
      CroppedPrior cropped = new CroppedPrior(whole, new Shape(1, 13, 11));
      assertEquals(new Shape(1, 16, 16), cropped.latentShape());
      assertEquals(new Shape(1, 13, 11), cropped.imageShape());
      float[] z = new float[256];
      for (int i = 0; i < z.length; i++) {
        z[i] = i;
      }
      float[] pixels = generate(cropped, scope, z, cropped.latentShape());
      assertEquals(13 * 11, pixels.length);
      for (int y = 0; y < 13; y++) {
        for (int x = 0; x < 11; x++) {
          assertEquals((y + 1) * 16 + x + 2, pixels[y * 11 + x], 1e-4);
        }
      }
      assertThrows(IllegalArgumentException.class, () -> cropped.latentShape(image));
      assertThrows(IllegalArgumentException.class, () -> new CroppedPrior(whole, image));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theReachGrowsWithTheSteps(int steps) throws IOException {
    PriorFolders.write(folder, 4, DIVIDE);
    Path card = folder.resolve("rdf.yaml");
    Files.writeString(card, Files.readString(card) + "    reach: 3\n");
    Shape shape = new Shape(1, 9, 7);
    try (ConsistencyModel model = PriorFolders.open(folder)) {
      Optional<Locality> expected = Optional.of(new Locality(3 * steps, 4));
      assertEquals(expected, model.multistep(steps, shape, RandomStream.of(2, 0)).locality());
      assertEquals(expected, model.forImages(steps, shape, 1).locality());
    }
  }

  @Test
  void withoutAReachThereIsNoLocality() throws IOException {
    try (ConsistencyModel model = open(4, DIVIDE)) {
      assertEquals(Optional.empty(), model.oneStep().locality());
    }
  }

  @Test
  void thePullBackOfALinearMapIsItsTranspose() throws IOException {
    // Each pixel of Phi is 80 times the mean of 3 x 3 pixels of z, with zeros around: symmetric.
    Shape shape = new Shape(2, 1, 8, 8);
    try (ConsistencyModel model = open(8, "return torch.avg_pool2d(x, [3, 3], [1, 1], [1, 1])");
        NDManager scope = model.newScope()) {
      NDArray z = scope.create(RandomStream.of(1, 0).gaussian(128), shape);
      NDArray g = scope.create(RandomStream.of(1, 1).gaussian(128), shape);
      Prior prior = model.oneStep();
      float[] expected = prior.generate(g).toFloatArray();
      assertArrayEquals(expected, prior.pullBack(z, g).toFloatArray(), 1e-4f);
      // A second one at the same place is not added to the first one.
      assertArrayEquals(expected, prior.pullBack(z, g).toFloatArray(), 1e-4f);
    }
  }
}
