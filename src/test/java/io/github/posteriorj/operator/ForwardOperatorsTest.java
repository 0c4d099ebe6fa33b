package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.MainClasses;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** All forward operators under their contract. */
class ForwardOperatorsTest extends ForwardOperatorContract {

  /** The names of all classes of operators that the project has. */
  private static final Set<String> OPERATORS = MainClasses.concreteNames(ForwardOperator.class);

  private NetworkOperator softSaturation;
  private NetworkOperator faintSaturation;
  private NetworkOperator neuralBlur;

  @BeforeAll
  void openNetworks(@TempDir Path folder) throws IOException {
    softSaturation = saturation(folder, "2");
    faintSaturation = saturation(folder, "0.2");
    neuralBlur = NetworkOperator.open(NetworkOperatorTest.NEURAL_BLUR, ComputeDevice.CPU, 1);
  }

  private static NetworkOperator saturation(Path folder, String gain) throws IOException {
    String code = "return torch.tanh(torch.mul(x, %s))".formatted(gain);
    Path file = TorchScriptFiles.write(folder.resolve(gain + ".pt"), List.of("x"), code);
    return NetworkOperator.open(file, ComputeDevice.CPU, 1);
  }

  @AfterAll
  void closeNetworks() {
    softSaturation.close();
    faintSaturation.close();
    neuralBlur.close();
  }

  @Override
  List<Example> examples() {
    return List.of(
        // A new operator adds its line here.
        Example.of(new Identity()).as("identity"),
        Example.sized(image -> PixelMask.random(width(image), height(image), 0.2, random())),
        Example.sized(image -> PixelMask.of(someVisible(image), width(image), height(image)))
            .as("pixel mask"),
        Example.of(new AveragePooling(1)),
        Example.of(new AveragePooling(3)).forMultiplesOf(3).as("average pooling by 3"),
        Example.of(new AveragePooling(8)).forMultiplesOf(8),
        Example.of(new ClippedGain(2, -1, 1)).as("clipped gain"),
        Example.sized(image -> new CensoredGain(new ClippedGain(2, -1, 1), sevenSteps(image)))
            .as("censored gain"),
        Example.of(new Affine(-3, 0.5)).as("affine"),
        Example.of(new Scaling(2.5)).as("scaling"),
        Example.sized(image -> Background.noise(0.2, image, random())),
        Example.sized(image -> new Background(sevenSteps(image), image)).as("background"),
        Example.sized(image -> new PatternIllumination(stripes(image), width(image), height(image)))
            .as("pattern illumination"),
        Example.of(ColorToGray.luma()).forChannels(3).as("luma"),
        Example.of(new ColorToGray(0.5, -0.2, 0.9)).forChannels(3),
        Example.of(new FourierMagnitude(FourierMagnitude.QUARTER)).as("Fourier magnitude 0.25"),
        Example.of(new FourierMagnitude(0)).as("Fourier magnitude 0"),
        Example.of(new FourierMagnitude(0.5)).as("Fourier magnitude 0.5"),
        Example.of(new GaussianBlur(0.7)),
        Example.of(new GaussianBlur(1.5)).as("Gaussian blur"),
        Example.of(new GaussianBlur(3)),
        Example.of(new MirroredConvolution(lopsided(4, 3))).as("mirrored 4 x 3"),
        Example.of(new MirroredConvolution(lopsided(5, 6))).as("mirrored 5 x 6"),
        Example.of(new MirroredConvolution(lopsided(15, 16))),
        Example.of(new MirroredConvolution(airy(0.5, 1.25, 0.1, 11))).as("mirrored Airy disk"),
        Example.of(new MirroredConvolution(airy(600, 0.7, 900, 3))).as("coarse Airy disk"),
        Example.of(new MirroredConvolution(defocused())).as("mirrored Born-Wolf"),
        Example.of(new MirroredConvolution(MotionKernels.straight(6.3, 30))).as("mirrored motion"),
        Example.of(new CircularConvolution(lopsided(4, 3))).as("circular 4 x 3"),
        Example.of(new CircularConvolution(lopsided(5, 6))).as("circular 5 x 6"),
        Example.of(new CircularConvolution(MotionKernels.straight(5, -90))).as("circular motion"),
        Example.of(new CircularConvolution(PointSpreadFunction.gaussian(1.2))),
        Example.of(softSaturation).as("soft saturation"),
        Example.of(neuralBlur),
        Example.of(new NeuralBlur(neuralBlur)),
        // A bend that NumPy can be asked for, and too faint to saturate.
        Example.of(new NeuralBlur(faintSaturation)).as("faint saturation"),
        Example.of(new LinearComposition(List.of(new GaussianBlur(1.5), new AveragePooling(2))))
            .forMultiplesOf(2)
            .as("blur, pooling"),
        Example.of(
                new Composition(
                    List.of(
                        new GaussianBlur(1.5), new AveragePooling(2), new ClippedGain(2, -1, 1))))
            .forMultiplesOf(2)
            .as("blur, pooling, clipped gain"));
  }

  private static RandomStream random() {
    return RandomStream.of(5, 0);
  }

  /** A point spread function without any symmetry. */
  private static PointSpreadFunction lopsided(int width, int height) {
    float[] weights = new float[width * height];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (7 * i + 3) % 11;
    }
    return PointSpreadFunction.of(weights, width, height);
  }

  private static PointSpreadFunction airy(
      double wavelength, double numericalAperture, double pixelSize, int size) {
    return PointSpreadFunction.of(new AiryDisk(wavelength, numericalAperture), pixelSize, size);
  }

  private static PointSpreadFunction defocused() {
    return PointSpreadFunction.of(new BornWolf(0.5, 1.2, 1.5, 0.8), 0.1, 9);
  }

  private static boolean[] someVisible(Shape image) {
    boolean[] visible = new boolean[width(image) * height(image)];
    for (int i = 0; i < visible.length; i++) {
      visible[i] = i * i % 5 < 2;
    }
    return visible;
  }

  private static float[] sevenSteps(Shape image) {
    float[] background = new float[Math.toIntExact(image.size())];
    for (int i = 0; i < background.length; i++) {
      background[i] = i % 7 / 4f;
    }
    return background;
  }

  /** Bright and dark stripes, every fourth line black. */
  private static float[] stripes(Shape image) {
    float[] pattern = new float[width(image) * height(image)];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = new float[] {1, 0.5f, 0, 0.8f}[i / width(image) % 4];
    }
    return pattern;
  }

  private static int width(Shape image) {
    return Math.toIntExact(image.get(2));
  }

  private static int height(Shape image) {
    return Math.toIntExact(image.get(1));
  }

  @Test
  void noOperatorIsForgotten() {
    assertEquals(OPERATORS, classes(examples().stream()));
  }

  @Test
  void everyOperatorIsComparedWithNumPy() {
    Stream<Example> compared = examples().stream().filter(one -> !one.reference().isEmpty());
    assertEquals(OPERATORS, classes(compared));
  }

  private static Set<String> classes(Stream<Example> examples) {
    Shape image = new Shape(1, 48, 48);
    return examples
        .map(example -> example.on(image).operator().getClass().getName())
        .collect(Collectors.toSet());
  }

  /** Values of references.yaml. */
  record Reference(String operator, Shape image, float[] x, Shape measurement, float[] y) {

    static Reference of(Map<?, ?> entry) {
      return new Reference(
          entry.get("operator").toString(),
          new Shape(numbers(entry, "image").mapToLong(Number::longValue).toArray()),
          floats(entry, "x"),
          new Shape(numbers(entry, "measurement").mapToLong(Number::longValue).toArray()),
          floats(entry, "y"));
    }

    private static Stream<Number> numbers(Map<?, ?> entry, String key) {
      return ((List<?>) entry.get(key)).stream().map(Number.class::cast);
    }

    private static float[] floats(Map<?, ?> entry, String key) {
      List<Number> numbers = numbers(entry, key).toList();
      float[] floats = new float[numbers.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = numbers.get(i).floatValue();
      }
      return floats;
    }

    @Override
    public String toString() {
      return operator;
    }
  }

  static List<Reference> references() throws IOException {
    try (InputStream file = ForwardOperatorsTest.class.getResourceAsStream("references.yaml")) {
      List<Map<?, ?>> entries = new Yaml().load(file);
      return entries.stream().map(Reference::of).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("references")
  void theMeasurementIsTheOneThatNumPyComputed(Reference reference) {
    List<Example> examples =
        examples().stream().filter(one -> one.reference().equals(reference.operator())).toList();
    assertEquals(1, examples.size(), reference.operator());
    Case one = examples.get(0).on(reference.image());
    assertEquals(reference.image(), one.image());
    assertEquals(reference.measurement(), one.measurement());
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      Shape batch = new Shape(1).addAll(reference.image());
      NDArray y = one.operator().apply(DeviceArrays.copyOf(scope, reference.x(), batch));
      // Float32's rounding of some hundred terms of order 1.
      assertArrayEquals(reference.y(), y.toFloatArray(), 1e-5f);
    }
  }
}
