package io.github.posteriorj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.CardDocument;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.library.NetworkFile;
import io.github.posteriorj.library.PriorCard;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.library.PriorInstaller;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training a network of one parameter, whose best value is known. */
class FineTuningTest {

  /**
   * f(x, t) = s x + (1 - s) level with s = 1 / (1 + 4 (t - sigma_min)²): from pure noise it makes
   * images of one level, and the best level is the images' mean.
   */
  private static final String[] LEVEL = {
    "gap = torch.reshape(torch.sub(sigma, 0.002), [-1, 1, 1, 1])",
    "skip = torch.reciprocal(torch.add(torch.mul(torch.square(gap), 4.0), 1.0))",
    "rest = torch.add(torch.neg(skip), 1.0)",
    "return torch.add(torch.mul(skip, x), torch.mul(rest, self.level))"
  };

  private static final FineTuningSettings SETTINGS = new FineTuningSettings(120, 8, 0.02, 3, 20, 5);

  @TempDir private Path directory;
  private Path folder;
  private InstalledPrior parent;
  private TrainingSet images;
  private double mean;

  @BeforeEach
  void makeParent() throws IOException {
    folder = PriorFolders.writeTrainable(directory.resolve("parent"), 8, LEVEL);
    parent = InstalledPrior.of(folder);
    // One bright pixel in five on black: the mean is near -0.6 in the model's range.
    TrainingImage image = dots("dots", 80, 40);
    images = TrainingSet.of(List.of(image), parent.card(), 8);
    double sum = 0;
    for (float value : image.scaled(1e-3, -1, 1).pixels()) {
      sum += value;
    }
    mean = sum / image.pixels().length;
  }

  private static TrainingImage dots(String name, int width, int height) {
    RandomStream random = RandomStream.of(3, 0);
    float[] pixels = new float[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.uniform() < 0.2 ? 300 : 100;
    }
    return new TrainingImage(name, pixels, 1, width, height);
  }

  private FineTuningResult run(FineTuningSettings settings) throws IOException {
    try (TrainableNetwork network = open(settings)) {
      return tuning(network, settings).run(Progress.NONE);
    }
  }

  private TrainableNetwork open(FineTuningSettings settings) throws IOException {
    return parent.openTrainable(ComputeDevice.CPU, settings.learningRate(), NetworkConsent.GIVEN);
  }

  private FineTuning tuning(TrainableNetwork network, FineTuningSettings settings) {
    return FineTuning.of(network, parent.card().constants(), images, settings);
  }

  private Path written(FineTuningResult result) throws IOException {
    PriorInstaller installer = new PriorInstaller(directory.resolve("models"), List.of());
    return installer.install(
        "dotted", true, new FineTunedPrior("dotted", parent, "dots", images, SETTINGS, result));
  }

  /** The level, read off the one-step image of no noise. */
  private static double level(Path folder) throws IOException {
    try (ConsistencyModel model = PriorFolders.open(folder);
        NDManager scope = model.newScope()) {
      NDArray image = model.oneStep().generate(scope.zeros(new Shape(1, 1, 8, 8)));
      return image.getFloat(0, 0, 3, 3);
    }
  }

  @Test
  void theNetworkLearnsTheImagesMean() throws IOException {
    assertEquals(0, level(folder), 1e-6);
    FineTuningResult result = run(SETTINGS);
    assertTrue(result.bestLoss() < result.parentLoss(), result::toString);
    double learned = level(written(result));
    // f(x_t, t) - f(x_r, r) is (s_t - s_r) (x - level) and noise: the best level is the mean of a
    // patch. The means of patches of 64 pixels, a fifth of them 1 and the others -1, have the
    // standard deviation 2 * 0.4 / 8.
    assertEquals(mean, learned, 0.1);
  }

  @Test
  void lossesAreKeptOfEachValidationAndTheBestIsTheSmallest() throws IOException {
    FineTuningResult result = run(SETTINGS);
    List<Integer> steps = result.validation().stream().map(FineTuningResult.Loss::step).toList();
    assertEquals(List.of(0, 20, 40, 60, 80, 100, 120), steps);
    assertEquals(6, result.training().size());
    double best =
        result.validation().stream()
            .filter(loss -> loss.step() == result.bestStep())
            .mapToDouble(FineTuningResult.Loss::value)
            .findFirst()
            .orElseThrow();
    assertEquals(result.bestLoss(), best);
  }

  @Test
  void oneSeedGivesTheSameNetwork() throws IOException {
    FineTuningResult first = run(SETTINGS);
    assertEquals(first.validation(), run(SETTINGS).validation());
    FineTuningSettings other = new FineTuningSettings(120, 8, 0.02, 3, 20, 6);
    assertFalse(first.validation().equals(run(other).validation()));
  }

  @Test
  void theParentsTestTensorsAreNotTheChilds() throws IOException {
    Map<String, Object> clean = Map.of("id", "clean", "test_tensor", Map.of("source", "clean.npy"));
    CardDocument.read(folder).with(List.of(clean), "outputs").write(folder);
    CardDocument made = CardDocument.read(written(run(SETTINGS)));
    assertEquals(Optional.of(List.of(Map.of("id", "clean"))), made.at("outputs"));
  }

  @Test
  void theCardNamesParentSettingsAndLosses() throws IOException {
    Files.writeString(folder.resolve("README.md"), "Images of a laboratory.");
    CardDocument.read(folder).with(31, "config", "posteriorj", "metrics", "psnr").write(folder);
    FineTuningResult result = run(SETTINGS);
    Path child = written(result);
    PriorCard made = PriorCard.read(child);
    assertEquals("dotted", made.name());
    assertEquals(NetworkFile.of(made.network().path()), made.network());
    assertEquals(parent.card().constants(), made.constants());
    CardDocument document = CardDocument.read(child);
    for (Object[] fact :
        new Object[][] {
          {"parent_sha256", parent.card().network().sha256()},
          {"data", "dots"},
          {"learning_rate", 0.02},
          {"best_step", result.bestStep()},
          {"validation_loss", result.bestLoss()},
          {"validation_loss_of_parent", result.parentLoss()}
        }) {
      assertEquals(
          Optional.of(fact[1]),
          document.at("config", "posteriorj", "fine_tuning", (String) fact[0]));
    }
    // The parent's quality is not the child's.
    assertEquals(Optional.empty(), document.at("config", "posteriorj", "metrics"));
    assertEquals("Images of a laboratory.", Files.readString(child.resolve("parent-README.md")));
    assertTrue(
        Files.readString(child.resolve("README.md")).contains(parent.card().network().sha256()));
  }

  @Test
  void whenItIsEndedTheBestSoFarIsThere() throws IOException {
    try (TrainableNetwork network = open(SETTINGS)) {
      FineTuning tuning = tuning(network, SETTINGS);
      assertThrows(
          CancellationException.class,
          () ->
              tuning.run(
                  (stage, done, total) -> {
                    if (done == 70) {
                      throw new CancellationException();
                    }
                  }));
      FineTuningResult result = tuning.result();
      assertEquals(4, result.validation().size());
      assertTrue(result.network().isPresent());
      assertTrue(level(written(result)) < -0.1);
    }
  }

  @Test
  void beforeTheFirstValidationThereIsNothing() throws IOException {
    try (TrainableNetwork network = open(SETTINGS)) {
      FineTuning tuning = tuning(network, SETTINGS);
      assertEquals(Optional.empty(), tuning.result().network());
      assertThrows(
          CancellationException.class,
          () ->
              tuning.run(
                  (stage, done, total) -> {
                    throw new CancellationException();
                  }));
      assertEquals(Optional.empty(), tuning.result().network());
    }
  }

  @Test
  void aNetworkWithoutParametersIsRefused() throws IOException {
    Path frozen = PriorFolders.write(directory.resolve("frozen"), 8, "return torch.mul(x, sigma)");
    parent = InstalledPrior.of(frozen);
    String message = assertThrows(IOException.class, () -> open(SETTINGS)).getMessage();
    assertTrue(message.contains("has no parameters to train"), message);
  }

  @Test
  void aBatchThatNeedsMoreMemoryThanThereIsIsRefused() {
    // 100 bytes for each of 2^31 x 64 pixels: 12.5 terabytes.
    FineTuningSettings huge = new FineTuningSettings(9, Integer.MAX_VALUE, 0.02, 3, 20, 5);
    String message = assertThrows(IllegalArgumentException.class, () -> run(huge)).getMessage();
    assertTrue(message.contains("Use a smaller batch or patch_size."), message);
  }

  @Test
  void aNetworkThatIsNotTheCardsIsRefused() throws IOException {
    PriorFolders.writeCard(folder, 8, "ab".repeat(32));
    parent = InstalledPrior.of(folder);
    String message = assertThrows(IOException.class, () -> run(SETTINGS)).getMessage();
    assertTrue(message.contains("not the ones that the card of the prior describes"), message);
  }

  @Test
  void aLossThatIsNotFiniteEndsIt() throws IOException {
    PriorFolders.writeTrainable(
        folder, 8, "return torch.add(x, torch.log(torch.sub(self.level, 1.0)))");
    parent = InstalledPrior.of(folder);
    String message = assertThrows(ArithmeticException.class, () -> run(SETTINGS)).getMessage();
    assertTrue(message.contains("smaller learning rate"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8, 0.1, 3, 20, steps",
    "9, 0, 0.1, 3, 20, batch",
    "9, 8, 0.1, 3, 0, validate_every",
    "9, 8, 0, 3, 20, learning rate",
    "9, 8, NaN, 3, 20, learning rate",
    "9, 8, 0.1, 0, 20, gap",
    "9, 8, 0.1, 9, 20, gap"
  })
  void settingsThatCannotBeAreNamed(
      int steps, int batch, double rate, double gap, int interval, String name) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new FineTuningSettings(steps, batch, rate, gap, interval, 1))
            .getMessage();
    assertTrue(message.contains(name), message);
  }

  @Test
  void levelsAreThePapers() {
    NoisePairs pairs = new NoisePairs(0.002, 80, 3);
    // ln t = -0.8 + 1.8 * 0: t = 0.449, n(t) = 1 + 8 / (1 + e^t) = 4.117.
    NoisePairs.Pair middle = pairs.pair(0);
    assertEquals(Math.exp(-0.8), middle.upper(), 1e-12);
    assertEquals(Math.exp(-0.8) * (1 - 4.1168 / 8), middle.lower(), 1e-4);
    assertEquals(80, pairs.pair(9).upper());
    assertEquals(80 * 7 / 8.0, pairs.pair(9).lower(), 1e-9);
    NoisePairs.Pair least = pairs.pair(-9);
    assertTrue(least.upper() > least.lower());
    assertEquals(0.002, least.lower());
  }

  @Test
  void theLossIsThatOfTheFormula() throws IOException {
    // Two patches of 8 x 8; at level 0 the network is f(x, t) = x / (1 + 4 (t - sigma_min)²).
    float[] flat = new float[64];
    RandomStream random = RandomStream.of(1, 1);
    TrainingBatch batch =
        TrainingBatch.of(
            2, new Shape(1, 8, 8), i -> flat, i -> new NoisePairs.Pair(1 + i, 0.5), random);
    float[] first = RandomStream.of(1, 1).gaussian(128);
    double expected = 0;
    for (int i = 0; i < 2; i++) {
      double t = 1 + i;
      double factor = t * skip(t) - 0.5 * skip(0.5);
      double squares = 0;
      for (int pixel = 0; pixel < 64; pixel++) {
        squares += Math.pow(factor * first[i * 64 + pixel], 2) / 64;
      }
      expected += (Math.sqrt(squares + 0.00054 * 0.00054) - 0.00054) / (t - 0.5) / 2;
    }
    try (TrainableNetwork network = open(SETTINGS)) {
      assertEquals(expected, batch.evaluate(network), 1e-5 * expected);
    }
  }

  private static double skip(double t) {
    return 1 / (1 + 4 * Math.pow(t - 0.002, 2));
  }

  @Test
  void patchesComeInAllEightOrientations() {
    float[] pixels = new float[64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i;
    }
    TrainingImage image = new TrainingImage("ramp", pixels, 1, 8, 8);
    TrainingSet set =
        TrainingSet.of(List.of(image, image, image, image, dots("dots", 8, 8)), parent.card(), 8);
    RandomStream random = RandomStream.of(1, 0);
    Set<List<Float>> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      float[] patch = set.trainingPatch(random);
      seen.add(List.of(patch[0], patch[7], patch[56], patch[63]));
    }
    assertEquals(8, seen.size());
  }

  @Test
  void onlyThePartAtTheEndOfASingleImageJudges() {
    // The last fifth is bright, the rest dark: quantiles at 0 and 1.
    float[] pixels = new float[80 * 16];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 80 < 64 ? 0 : 1;
    }
    TrainingSet set =
        TrainingSet.of(List.of(new TrainingImage("halves", pixels, 1, 80, 16)), parent.card(), 8);
    RandomStream random = RandomStream.of(1, 0);
    float[] dark = new float[64];
    float[] bright = new float[64];
    Arrays.fill(dark, -1);
    Arrays.fill(bright, 1);
    for (int i = 0; i < 50; i++) {
      assertArrayEquals(dark, set.trainingPatch(random));
      assertArrayEquals(bright, set.validationPatch(random));
    }
  }

  @Test
  void wholeImagesJudgeWhenThereAreSeveral() {
    TrainingSet two =
        TrainingSet.of(List.of(dots("a", 32, 32), dots("b", 32, 32)), parent.card(), 8);
    assertEquals(1, two.trainingCount());
    assertEquals(1, two.validationCount());
    List<TrainingImage> eleven = Collections.nCopies(11, dots("a", 32, 32));
    assertEquals(9, TrainingSet.of(eleven, parent.card(), 8).trainingCount());
    assertEquals(2, TrainingSet.of(eleven, parent.card(), 8).validationCount());
  }

  @Test
  void quantilesAreMappedToTheModelsRangeAndNothingIsClipped() {
    float[] pixels = new float[2001];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 100 + i;
    }
    float[] scaled = new TrainingImage("ramp", pixels, 1, 2001, 1).scaled(1e-3, -1, 1).pixels();
    assertEquals(-1, scaled[2], 1e-6);
    assertEquals(1, scaled[1998], 1e-6);
    assertTrue(scaled[0] < -1 && scaled[2000] > 1);
  }

  private String refusal(List<TrainingImage> given, int patch) {
    return assertThrows(
            IllegalArgumentException.class, () -> TrainingSet.of(given, parent.card(), patch))
        .getMessage();
  }

  @Test
  void tooFewAndTooSmallImagesAreRefused() {
    assertTrue(refusal(List.of(), 8).contains("no images to learn from"));
    assertTrue(refusal(List.of(dots("tiny", 7, 40)), 8).contains("\"tiny\" is too small: 7 x 40"));
    assertTrue(refusal(List.of(dots("a", 12, 12)), 8).contains("\"a\" alone is too small"));
    assertTrue(refusal(List.of(dots("a", 16, 8)), 8).contains("room for 1.0 patches"));
    assertTrue(refusal(List.of(dots("a", 40, 40)), 12).contains("multiple of 8 from 8 on"));
  }

  @Test
  void imagesOfOtherChannelsAreRefused() {
    TrainingImage colour = new TrainingImage("colour", dots("a", 48, 16).pixels(), 3, 16, 16);
    String message = refusal(List.of(colour), 8);
    assertTrue(message.contains("\"colour\" has 3 channel(s)"), message);
  }

  @Test
  void pixelsThatAreNoNumbersOrAllEqualAreRefused() {
    float[] pixels = {1, Float.NaN, 3, Float.POSITIVE_INFINITY};
    String message =
        assertThrows(IllegalArgumentException.class, () -> new TrainingImage("a", pixels, 1, 2, 2))
            .getMessage();
    assertTrue(message.contains("2 pixel(s) that are NaN or infinite"), message);
    String constant =
        assertThrows(
                IllegalArgumentException.class, () -> new TrainingImage("b", new float[4], 1, 2, 2))
            .getMessage();
    assertTrue(constant.contains("\"b\" is constant"), constant);
  }
}
