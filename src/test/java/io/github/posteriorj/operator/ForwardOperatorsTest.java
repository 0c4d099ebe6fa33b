package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All forward operators under their contract. */
class ForwardOperatorsTest extends ForwardOperatorContract {

  private NetworkOperator softSaturation;
  private NetworkOperator neuralBlur;

  @BeforeAll
  void openNetworks(@TempDir Path folder) throws IOException {
    Path file =
        TorchScriptFiles.write(
            folder.resolve("saturation.pt"), List.of("x"), "return torch.tanh(torch.mul(x, 2))");
    softSaturation = NetworkOperator.open(file, ComputeDevice.CPU, 1);
    neuralBlur = NetworkOperator.open(NetworkOperatorTest.NEURAL_BLUR, ComputeDevice.CPU, 1);
  }

  @AfterAll
  void closeNetworks() {
    softSaturation.close();
    neuralBlur.close();
  }

  @Override
  List<Example> examples() {
    return List.of(
        // A new operator adds its line here.
        Example.of(new GaussianBlur(0.7)),
        Example.of(new GaussianBlur(3)),
        Example.of(new Identity()),
        Example.sized(image -> PixelMask.random(width(image), height(image), 0.2, random())),
        Example.of(new AveragePooling(1)),
        Example.of(new AveragePooling(2)).forMultiplesOf(2),
        Example.of(new AveragePooling(8)).forMultiplesOf(8),
        Example.of(new ClippedGain(2, -1, 1)),
        Example.of(new ColorToGray(0.5, -0.2, 0.9)).forChannels(3),
        Example.of(new FourierMagnitude(FourierMagnitude.QUARTER)),
        Example.of(new FourierMagnitude(0)),
        Example.sized(image -> Background.noise(0.2, image, random())),
        Example.of(softSaturation),
        Example.of(neuralBlur),
        Example.of(new MirroredConvolution(lopsided(4, 7))),
        Example.of(new MirroredConvolution(lopsided(15, 16))),
        Example.of(new CircularConvolution(lopsided(5, 2))),
        Example.of(new CircularConvolution(PointSpreadFunction.gaussian(1.2))),
        Example.of(new Affine(-3, 0.5)),
        Example.sized(
            image -> new PatternIllumination(stripes(image), width(image), height(image))),
        Example.of(new LinearComposition(List.of(new GaussianBlur(2), new AveragePooling(4))))
            .forMultiplesOf(4),
        Example.of(
                new Composition(
                    List.of(new GaussianBlur(1), new AveragePooling(2), new ClippedGain(2, -1, 1))))
            .forMultiplesOf(2));
  }

  private static RandomStream random() {
    return RandomStream.of(5, 0);
  }

  /** A point spread function without any symmetry. */
  private static PointSpreadFunction lopsided(int width, int height) {
    float[] weights = random().gaussian(width * height);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.abs(weights[i]);
    }
    return PointSpreadFunction.of(weights, width, height);
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
    Set<String> tested =
        cases().map(one -> one.operator().getClass().getName()).collect(Collectors.toSet());
    assertEquals(operatorClasses(), tested);
  }

  /** The names of all classes of operators that the project has. */
  static Set<String> operatorClasses() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.posteriorj")
            .stream()
            .filter(type -> type.isAssignableTo(ForwardOperator.class))
            .filter(type -> !type.isInterface())
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
  }
}
