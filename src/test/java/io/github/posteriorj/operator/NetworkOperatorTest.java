package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkOperatorTest {

  static final Path NEURAL_BLUR = Path.of("models", "operators", "neural-blur", "neural-blur.pt");

  private static final Shape IMAGE = new Shape(1, 12, 9);

  @TempDir private Path folder;

  private NetworkOperator network(String... body) throws IOException {
    return NetworkOperator.open(written(body), ComputeDevice.CPU, 1);
  }

  private Path written(String... body) throws IOException {
    return TorchScriptFiles.write(folder.resolve("test.pt"), List.of("x"), body);
  }

  private String refusal(String... body) throws IOException {
    try (NetworkOperator operator = network(body)) {
      return assertThrows(IllegalArgumentException.class, () -> operator.outputShape(IMAGE))
          .getMessage();
    }
  }

  private static float[] blurred(long seed, float level) throws IOException {
    try (NetworkOperator blur = NetworkOperator.open(NEURAL_BLUR, ComputeDevice.CPU, seed);
        NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = ForwardOperatorContract.random(scope, 1, new Shape(1, 20, 31), 1);
      return blur.apply(x.mul(level)).toFloatArray();
    }
  }

  @Test
  void theRandomCodeIsThatOfTheSeed() throws IOException {
    float[] first = blurred(1, 0.5f);
    assertArrayEquals(first, blurred(1, 0.5f));
    assertTrue(Arrays.mismatch(first, blurred(2, 0.5f)) >= 0);
  }

  @Test
  void theNeuralBlurIsNotLinear() throws IOException {
    float[] single = blurred(1, 0.5f);
    float[] twice = blurred(1, 1);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < single.length; i++) {
      difference += Math.pow(twice[i] - 2 * single[i], 2);
      size += Math.pow(twice[i], 2);
    }
    assertTrue(difference > 0.01 * size, "difference " + difference + " of " + size);
  }

  @Test
  void theNeuralBlurKeepsAConstantImageAndSmoothsAnother() throws IOException {
    try (NetworkOperator blur = NetworkOperator.open(NEURAL_BLUR, ComputeDevice.CPU, 3);
        NDManager scope = ComputeDevice.CPU.newScope()) {
      for (float value : blur.apply(scope.full(new Shape(1, 1, 17, 15), 0.3f)).toFloatArray()) {
        assertEquals(0.3, value, 1e-6);
      }
      NDArray x = ForwardOperatorContract.random(scope, 1, new Shape(1, 64, 64), 1);
      double mean = blur.apply(x).square().mean().getFloat();
      assertTrue(mean < 0.2, "noise of variance 1 became noise of variance " + mean);
    }
  }

  @Test
  void nothingIsDroppedAlsoWhenTheNetworkWasSavedInTrainingMode() throws IOException {
    try (NetworkOperator operator = network("return torch.dropout(x, 0.5, self.training)");
        NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = ForwardOperatorContract.random(scope, 1, IMAGE, 1);
      assertArrayEquals(x.toFloatArray(), operator.apply(x).toFloatArray());
    }
  }

  @Test
  void aClassifiersImagesHaveTheShapeThatWasGiven() throws IOException {
    Path classifier = written("return torch.mean(torch.flatten(x, 2), [2])");
    try (NetworkOperator operator =
        NetworkOperator.open(classifier, ComputeDevice.CPU, 1, new Shape(3, 8, 8))) {
      assertEquals(new Shape(3), operator.outputShape(new Shape(3, 8, 8)));
      assertEquals(new Shape(3, 8, 8), operator.inputShape(new Shape(3)));
      assertEquals("Network test.pt", operator.toString());
    }
  }

  @Test
  void anOutputOfAnotherSizeThanTheMeasurementIsRefused() throws IOException {
    try (NetworkOperator operator = network("return torch.mean(x, [2])")) {
      assertEquals(
          "The output of the network test.pt has another size than the measurement: (1, 9) for"
              + " images of the shape (1, 12, 9), but the measurement has (1, 12, 9). Use the"
              + " network that made the measurement.",
          assertThrows(IllegalArgumentException.class, () -> operator.inputShape(IMAGE))
              .getMessage());
    }
  }

  @Test
  void anOutputWithoutItsBatchIsRefused() throws IOException {
    assertEquals(
        "The network test.pt must return one measurement for each image of a batch, but for 2"
            + " images of the shape (1, 12, 9) its output has the shape (1, 12, 9). The first"
            + " number must be 2.",
        refusal("return torch.mean(x, [0])"));
    assertTrue(refusal("return torch.mean(x)").contains("its output has the shape ()."));
  }

  @Test
  void outputsThatAreNotFiniteAreRefused() throws IOException {
    assertEquals(
        "The network test.pt returns numbers that are not finite (NaN) for images of the shape (1,"
            + " 12, 9) with values around 0. Repair it: no gradient can be taken.",
        refusal("return torch.sqrt(torch.sub(x, 100))"));
    assertTrue(refusal("return torch.log(torch.mul(x, 0))").contains("(-Infinity)"));
  }

  @Test
  void imagesThatTheNetworkDoesNotTakeAreRefusedWithItsReason() throws IOException {
    String message = refusal("return torch.reshape(x, [7, 7])");
    assertTrue(
        message.startsWith(
            "The network test.pt does not take images of the shape (1, 12, 9) (channels, height,"
                + " width): "),
        message);
    assertTrue(message.contains("shape '[7, 7]' is invalid for input of size 216"), message);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.pt");
    NoSuchFileException thrown =
        assertThrows(
            NoSuchFileException.class, () -> NetworkOperator.open(missing, ComputeDevice.CPU, 1));
    assertEquals(
        missing + ": There is no such file. Give the path of a TorchScript network (.pt).",
        thrown.getMessage());
  }

  @Test
  void aFileThatIsNoNetworkIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pt"), "weights");
    IOException thrown =
        assertThrows(IOException.class, () -> NetworkOperator.open(text, ComputeDevice.CPU, 1));
    assertTrue(thrown.getMessage().contains("text.pt is not a whole TorchScript network."));
  }
}
