package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Operators against values that NumPy computed from their definitions (references.yaml, made by
 * make_references.py beside it).
 */
class OperatorReferencesTest {

  /** Float32's rounding of some hundred terms of order 1. */
  private static final float ROUNDING = 1e-5f;

  @TempDir private Path folder;

  record Picture(int[] shape, float[] values) {

    static Picture of(Object entry) {
      Map<?, ?> map = (Map<?, ?>) entry;
      int[] shape = numbers(map.get("shape")).mapToInt(Number::intValue).toArray();
      double[] values = numbers(map.get("values")).mapToDouble(Number::doubleValue).toArray();
      return new Picture(shape, floats(values));
    }

    int height() {
      return shape[1];
    }

    int width() {
      return shape[2];
    }
  }

  record Reference(String operator, Picture image, Picture measurement) {

    @Override
    public String toString() {
      return operator.length() > 40 ? operator.substring(0, 40) + "..." : operator;
    }
  }

  static List<Reference> references() throws IOException {
    try (InputStream file = OperatorReferencesTest.class.getResourceAsStream("references.yaml")) {
      List<Map<String, Object>> entries = new Yaml().load(file);
      return entries.stream()
          .map(
              entry ->
                  new Reference(
                      entry.get("operator").toString(),
                      Picture.of(entry.get("image")),
                      Picture.of(entry.get("measurement"))))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("references")
  void theMeasurementIsTheOneThatNumPyComputed(Reference reference) throws IOException {
    Picture image = reference.image();
    Picture expected = reference.measurement();
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      Shape shape = new Shape(1, image.shape()[0], image.height(), image.width());
      NDArray x = DeviceArrays.copyOf(scope, image.values(), shape);
      ForwardOperator operator = operator(reference.operator(), image);
      NDArray y = operator.apply(x);
      assertEquals(
          Arrays.stream(expected.shape()).mapToObj(i -> (long) i).toList(),
          Arrays.stream(y.getShape().slice(1).getShape()).boxed().toList());
      assertArrayEquals(expected.values(), y.toFloatArray(), ROUNDING);
      if (operator instanceof NetworkOperator network) {
        network.close();
      }
    }
  }

  @Test
  void everyOperatorHasAReference() throws IOException {
    Set<String> referenced =
        references().stream()
            .map(reference -> reference.operator().split("\\W", 2)[0])
            .collect(Collectors.toSet());
    assertEquals(
        ForwardOperatorsTest.operatorClasses().stream()
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.toSet()),
        referenced);
  }

  /** The operator that make_references.py names, for an image of the given size. */
  private ForwardOperator operator(String name, Picture image) throws IOException {
    String[] parts = name.split(":? ", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    return switch (parts[0]) {
      case "Identity" -> new Identity();
      case "PixelMask" -> PixelMask.of(visible(rest), image.width(), image.height());
      case "AveragePooling" -> new AveragePooling(Integer.parseInt(rest));
      case "ClippedGain" -> {
        float[] numbers = parsed(rest);
        yield new ClippedGain(numbers[0], numbers[1], numbers[2]);
      }
      case "Affine" -> new Affine(parsed(rest)[0], parsed(rest)[1]);
      case "Background" ->
          new Background(parsed(rest), new Shape(1, image.height(), image.width()));
      case "PatternIllumination" ->
          new PatternIllumination(parsed(rest), image.width(), image.height());
      case "ColorToGray" -> {
        float[] numbers = parsed(rest);
        yield new ColorToGray(numbers[0], numbers[1], numbers[2]);
      }
      case "FourierMagnitude" -> new FourierMagnitude(Double.parseDouble(rest));
      case "MirroredConvolution" -> new MirroredConvolution(pointSpread(rest));
      case "CircularConvolution" -> new CircularConvolution(pointSpread(rest));
      case "GaussianBlur" -> new GaussianBlur(Double.parseDouble(rest));
      case "NetworkOperator" ->
          NetworkOperator.open(
              TorchScriptFiles.write(folder.resolve("network.pt"), List.of("x"), "return " + rest),
              ComputeDevice.CPU,
              1);
      case "Composition", "LinearComposition" -> {
        List<ForwardOperator> operators = new ArrayList<>();
        for (String one : rest.split(", ")) {
          operators.add(operator(one, image));
        }
        yield Composition.of(operators.toArray(ForwardOperator[]::new));
      }
      default -> throw new IllegalArgumentException("No operator " + name);
    };
  }

  private static PointSpreadFunction pointSpread(String name) {
    String[] parts = name.split(" ", 2);
    float[] numbers = parsed(parts[1]);
    return switch (parts[0]) {
      case "gaussian" -> PointSpreadFunction.gaussian(numbers[0]);
      case "airy" ->
          PointSpreadFunction.of(
              new AiryDisk(numbers[0], numbers[1]), numbers[2], (int) numbers[3]);
      case "born-wolf" ->
          PointSpreadFunction.of(
              new BornWolf(numbers[0], numbers[1], numbers[2], numbers[3]),
              numbers[4],
              (int) numbers[5]);
      case "motion" -> MotionKernels.straight(numbers[0], numbers[1]);
      case "weights" ->
          PointSpreadFunction.of(
              Arrays.copyOfRange(numbers, 2, numbers.length), (int) numbers[0], (int) numbers[1]);
      default -> throw new IllegalArgumentException("No point spread function " + name);
    };
  }

  private static boolean[] visible(String bits) {
    boolean[] visible = new boolean[bits.length()];
    for (int i = 0; i < visible.length; i++) {
      visible[i] = bits.charAt(i) == '1';
    }
    return visible;
  }

  private static float[] parsed(String numbers) {
    return floats(Stream.of(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray());
  }

  private static Stream<Number> numbers(Object list) {
    return ((List<?>) list).stream().map(Number.class::cast);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
