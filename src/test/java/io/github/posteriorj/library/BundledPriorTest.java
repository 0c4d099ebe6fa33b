package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.DiffusionModel;
import io.github.posteriorj.prior.Locality;
import io.github.posteriorj.prior.Prior;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The priors that come with the plugin: every folder of models that has a card. */
@ParameterizedClass
@MethodSource("folders")
class BundledPriorTest {

  private final Path folder;
  private final ConsistencyModel model;

  BundledPriorTest(Path folder) throws Exception {
    this.folder = folder;
    this.model = PriorFolders.open(folder);
  }

  @AfterEach
  void close() {
    model.close();
  }

  static List<Path> folders() throws Exception {
    try (Stream<Path> folders = Files.list(Path.of("models"))) {
      return folders
          .filter(path -> Files.exists(path.resolve(PriorCard.FILE_NAME)))
          .sorted()
          .toList();
    }
  }

  private Map<?, ?> card() throws Exception {
    try (Reader reader = Files.newBufferedReader(folder.resolve(PriorCard.FILE_NAME))) {
      return assertInstanceOf(
          Map.class, new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
    }
  }

  private static Object at(Object root, Object... path) {
    Object found = root;
    for (Object key : path) {
      found =
          key instanceof Integer index
              ? ((List<?>) found).get(index)
              : ((Map<?, ?>) found).get(key);
    }
    return found;
  }

  @Test
  void theCardIsAModelDescriptionOfBioimageIo() throws Exception {
    Map<?, ?> card = card();
    assertTrue(String.valueOf(card.get("format_version")).matches("0\\.5\\.\\d+"));
    assertEquals("model", card.get("type"));
    for (String text : List.of("name", "description", "license")) {
      assertInstanceOf(String.class, card.get(text), text);
    }
    assertInstanceOf(String.class, at(card, "authors", 0, "name"));
    assertInstanceOf(String.class, at(card, "cite", 0, "text"));
    List<String> tensors = List.of("noisy", "sigma");
    for (int i = 0; i < tensors.size(); i++) {
      assertEquals(tensors.get(i), at(card, "inputs", i, "id"));
      assertEquals("batch", at(card, "inputs", i, "axes", 0, "type"));
      assertEquals("float32", at(card, "inputs", i, "data", "type"));
    }
    assertEquals("clean", at(card, "outputs", 0, "id"));
    assertTrue(((String) at(card, "documentation")).endsWith(".md"));
    assertTrue(
        Files.isRegularFile(folder.resolve((String) at(card, "weights", "torchscript", "source"))));
    assertInstanceOf(String.class, at(card, "weights", "torchscript", "pytorch_version"));
  }

  @Test
  void theHashIsThatOfTheWeightsInBothPlaces() throws Exception {
    Map<?, ?> card = card();
    String hash = NetworkFile.of(model.network().script().file()).sha256();
    assertEquals(hash, at(card, "weights", "torchscript", "sha256"));
    assertEquals(hash, at(card, "config", "posteriorj", "sha256"));
  }

  @Test
  void theHashOfTheDenoiserIsThatOfItsWeights() throws Exception {
    Map<?, ?> card = card();
    Path denoiser = folder.resolve((String) at(card, "config", "posteriorj", "denoiser", "source"));
    assertEquals(
        at(card, "config", "posteriorj", "denoiser", "sha256"), NetworkFile.of(denoiser).sha256());
  }

  @Test
  void theNetworkComputesWhatItDidWhenItWasExported() throws Exception {
    try (NDManager scope = model.newScope()) {
      float[] noisy = testTensor("inputs", 0, scope).toFloatArray();
      float[] sigma = testTensor("inputs", 1, scope).toFloatArray();
      NDArray clean = testTensor("outputs", 0, scope);
      NDArray found = model.origin(DeviceArrays.copyOf(scope, noisy, clean.getShape()), sigma);
      // Rounding of float32 through some dozen layers, at values in [-1, 1].
      assertArrayEquals(clean.toFloatArray(), found.toFloatArray(), 1e-4f);
    }
  }

  /** A test tensor of the card, in NumPy's format. */
  private NDArray testTensor(String kind, int index, NDManager scope) throws Exception {
    String file = (String) at(card(), kind, index, "test_tensor", "source");
    assertEquals(
        at(card(), kind, index, "test_tensor", "sha256"),
        NetworkFile.of(folder.resolve(file)).sha256());
    try (InputStream content = Files.newInputStream(folder.resolve(file))) {
      return NDList.decode(scope, content).singletonOrThrow();
    }
  }

  @Test
  void theDeclaredSizesAreTheOnesThatSamplingUses() throws Exception {
    Map<?, ?> card = card();
    for (int axis : new int[] {2, 3}) {
      assertEquals(
          model.constants().minimumSize(), at(card, "inputs", 0, "axes", axis, "size", "min"));
      assertEquals(
          model.constants().sizeMultiple(), at(card, "inputs", 0, "axes", axis, "size", "step"));
    }
  }

  @Test
  void anImageWithoutNoiseIsReturnedAsItIs() {
    try (NDManager scope = model.newScope()) {
      float[] image = RandomStream.of(1, 0).gaussian(2 * 24 * 16);
      NDArray x = scope.create(image, new Shape(2, 1, 24, 16));
      // c_skip = 1 and c_out = 0 up to the rounding of sigma_min to float32.
      assertArrayEquals(image, model.origin(x, model.constants().sigmaMin()).toFloatArray(), 1e-5f);
    }
  }

  @Test
  void anOddSizeIsMadeOnTheNextLargerCanvas() {
    Shape shape = new Shape(1, 37, 53);
    CroppedPrior prior = new CroppedPrior(model.oneStep(), shape);
    assertEquals(new Shape(1, 40, 56), prior.latentShape());
    float[] z = RandomStream.of(2, 0).gaussian(40 * 56);
    try (NDManager scope = model.newScope()) {
      NDArray noise = scope.create(z, new Shape(1, 1, 40, 56));
      NDArray image = prior.generate(noise);
      assertEquals(new Shape(1, 1, 37, 53), image.getShape());
      float[] canvas = model.oneStep().generate(noise).toFloatArray();
      float[] pixels = image.toFloatArray();
      for (int y = 0; y < 37; y++) {
        for (int x = 0; x < 53; x++) {
          assertEquals(canvas[(y + 1) * 56 + x + 1], pixels[y * 53 + x], 1e-4);
        }
      }
    }
  }

  @Test
  void theValuesFillTheDeclaredRange() {
    try (NDManager scope = model.newScope()) {
      NDArray z =
          scope.create(RandomStream.of(3, 0).gaussian(4 * 64 * 64), new Shape(4, 1, 64, 64));
      NDArray images = model.oneStep().generate(z);
      // A prior of microscopy images: mostly background near black, some structure near white.
      assertTrue(images.min().getFloat() < -0.8 && images.min().getFloat() > -1.5);
      assertTrue(images.max().getFloat() > 0.2 && images.max().getFloat() < 1.8);
    }
  }

  @Test
  void theProbabilityFlowOfItsDenoiserFillsTheDeclaredRangeToo() throws Exception {
    try (DiffusionModel denoiser = PriorFolders.openDenoiser(folder);
        NDManager scope = denoiser.newScope()) {
      NDArray z =
          scope.create(RandomStream.of(3, 0).gaussian(4 * 64 * 64), new Shape(4, 1, 64, 64));
      Prior prior = denoiser.forImages(18, new Shape(1, 64, 64), 1);
      NDArray images = prior.generate(z);
      assertTrue(images.min().getFloat() < -0.8 && images.min().getFloat() > -1.5);
      assertTrue(images.max().getFloat() > 0.2 && images.max().getFloat() < 1.8);
      float[] first = images.get(0).toFloatArray();
      float[] second = images.get(1).toFloatArray();
      double difference = 0;
      for (int i = 0; i < first.length; i++) {
        difference += Math.abs(first[i] - second[i]) / first.length;
      }
      assertTrue(difference > 0.05, "the images hardly differ: " + difference);
    }
  }

  @Test
  void shiftedNoiseGivesAShiftedImageAwayFromTheBorder() {
    int size = 256;
    int shift = model.constants().sizeMultiple();
    int window = size - shift;
    float[] canvas = RandomStream.of(4, 0).gaussian(size * size);
    float[] first = window(canvas, size, 0, window);
    float[] second = window(canvas, size, shift, window);
    try (NDManager scope = model.newScope()) {
      Shape shape = new Shape(1, 1, window, window);
      float[] a = model.oneStep().generate(scope.create(first, shape)).toFloatArray();
      float[] b = model.oneStep().generate(scope.create(second, shape)).toFloatArray();
      double worst = 0;
      double unshifted = 0;
      int border = 96;
      for (int y = border; y < window - border; y++) {
        for (int x = border; x < window - border; x++) {
          float value = b[y * window + x];
          worst = Math.max(worst, Math.abs(a[(y + shift) * window + x + shift] - value));
          unshifted = Math.max(unshifted, Math.abs(a[y * window + x] - value));
        }
      }
      // A quarter of a percent of the range of 2: what the border does falls with the distance to
      // it.
      assertTrue(worst < 0.005, "differs by " + worst);
      assertTrue(unshifted > 0.2, "there is nothing to see: " + unshifted);
    }
  }

  /** A network of the prior: images [N, C, H, W] and their noise level in, images out. */
  @FunctionalInterface
  private interface Network {
    NDArray apply(NDArray x, double sigma);
  }

  private List<Network> networks() {
    return List.of(model::origin, model.denoiser().orElseThrow()::denoise);
  }

  private Locality locality() {
    return model.constants().locality().orElseThrow();
  }

  @Test
  void theReachOfTheCardIsThatOfTheNetworks() {
    for (Network network : networks()) {
      int measured = Math.max(reach(network, true), reach(network, false));
      assertTrue(locality().reach() >= measured, "the reach is " + measured);
      assertTrue(locality().reach() <= measured + 2 * locality().stride(), "it is " + measured);
    }
  }

  /**
   * How many pixels away from a pixel the gradient of its result is not zero, along one axis of a
   * strip, for each place of a pixel within a stride.
   */
  private int reach(Network network, boolean wide) {
    int stride = locality().stride();
    // Nothing can be farther away than half of the strip: what is measured must stay below it.
    int length = 4 * locality().halo();
    int narrow = 2 * stride;
    Shape shape =
        wide ? new Shape(stride, 1, narrow, length) : new Shape(stride, 1, length, narrow);
    try (NDManager scope = model.newScope()) {
      NDArray x = scope.create(RandomStream.of(5, 0).gaussian((int) shape.size()), shape);
      float[] one = new float[(int) shape.size()];
      int[] pixels = new int[stride];
      for (int image = 0; image < stride; image++) {
        pixels[image] = length / 2 + image;
        int across = stride;
        one[index(image, pixels[image], across, length, narrow, wide)] = 1;
      }
      float[] gradient =
          Differentiation.pullBack(noisy -> network.apply(noisy, 1), x, scope.create(one, shape))
              .toFloatArray();
      int farthest = 0;
      for (int image = 0; image < stride; image++) {
        for (int along = 0; along < length; along++) {
          for (int across = 0; across < narrow; across++) {
            if (gradient[index(image, along, across, length, narrow, wide)] != 0) {
              farthest = Math.max(farthest, Math.abs(along - pixels[image]));
            }
          }
        }
      }
      assertTrue(farthest < length / 2 - stride, "the network sees the whole strip");
      return farthest;
    }
  }

  private static int index(int image, int along, int across, int length, int narrow, boolean wide) {
    return (image * length * narrow) + (wide ? across * length + along : along * narrow + across);
  }

  @Test
  void aWindowWithItsHaloIsThatOfTheWhole() {
    int stride = locality().stride();
    int halo = locality().halo();
    int size = halo + 3 * stride;
    try (NDManager scope = model.newScope()) {
      NDArray x =
          scope.create(RandomStream.of(6, 0).gaussian(size * size), new Shape(1, 1, size, size));
      for (Network network : networks()) {
        NDArray whole = network.apply(x, 1);
        NDArray last = network.apply(square(x, stride, size), 1);
        NDArray first = network.apply(square(x, 0, size - stride), 1);
        int seen = size - stride - halo;
        // Values of order 1, rounded in some dozen layers.
        assertArrayEquals(
            square(whole, size - seen, size).toFloatArray(),
            square(last, halo, halo + seen).toFloatArray(),
            2e-5f);
        assertArrayEquals(
            square(whole, 0, seen).toFloatArray(), square(first, 0, seen).toFloatArray(), 2e-5f);
      }
    }
  }

  private static NDArray square(NDArray images, int from, int to) {
    return images.get(new NDIndex().addAllDim(2).addSliceDim(from, to).addSliceDim(from, to));
  }

  @Test
  void thePullBackAgreesWithDifferences() {
    Shape shape = new Shape(1, 1, 24, 32);
    int size = (int) shape.size();
    double h = 0.01;
    for (Prior prior :
        List.of(model.oneStep(), model.multistep(2, new Shape(1, 20, 28), RandomStream.of(3, 0)))) {
      try (NDManager scope = model.newScope()) {
        NDArray z = scope.create(RandomStream.of(7, 0).gaussian(size), shape);
        NDArray g = scope.create(RandomStream.of(7, 1).gaussian(size), shape);
        NDArray pulled = prior.pullBack(z, g);
        // Along J^T g itself the derivative of g . Phi is the length of J^T g, far above rounding.
        double length = Math.sqrt(pulled.square().sum().getFloat());
        NDArray step = pulled.mul(h / length);
        double difference =
            prior.generate(z.add(step)).sub(prior.generate(z.sub(step))).mul(g).sum().getFloat()
                / (2 * h);
        assertEquals(length, difference, 0.01 * length);
      }
    }
  }

  private static float[] window(float[] canvas, int size, int from, int window) {
    float[] pixels = new float[window * window];
    for (int y = 0; y < window; y++) {
      System.arraycopy(canvas, (y + from) * size + from, pixels, y * window, window);
    }
    return pixels;
  }
}
