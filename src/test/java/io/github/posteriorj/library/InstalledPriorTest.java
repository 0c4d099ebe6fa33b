package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.Denoiser;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is opened of a prior's folder, and what is refused, with which words. */
class InstalledPriorTest {

  private static final String[] DIVIDE = {
    "level = torch.reshape(sigma, [-1, 1, 1, 1])", "return torch.div(x, torch.add(level, 1.0))"
  };

  @TempDir private Path folder;

  private String refusal() {
    String message =
        assertThrows(IOException.class, () -> PriorFolders.open(folder).close()).getMessage();
    assertTrue(message.contains(folder.toString()), message);
    return message;
  }

  @Test
  void missingWeightsAreSaidToBeMissing() throws IOException {
    PriorFolders.writeCard(folder, 8, "ab".repeat(32));
    String message = refusal();
    assertTrue(message.contains("network.pt") && message.contains("missing"), message);
  }

  @Test
  void weightsOfAnotherHashAreRefusedWithBothHashes() throws IOException {
    PriorFolders.write(folder, 8, DIVIDE);
    String found = NetworkFile.of(folder.resolve("network.pt")).sha256();
    PriorFolders.writeCard(folder, 8, "ab".repeat(32));
    String message = refusal();
    assertTrue(message.contains("not the ones that the card"), message);
    assertTrue(message.contains("abababababab...") && message.contains(found.substring(0, 12)));
  }

  private void replaceWeights(byte[] content) throws IOException {
    Path weights = Files.write(folder.resolve("network.pt"), content);
    PriorFolders.writeCard(folder, 8, NetworkFile.of(weights).sha256());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.99})
  void truncatedWeightsAreRefusedEvenIfTheHashIsTheirs(double share) throws IOException {
    PriorFolders.write(folder, 8, DIVIDE);
    byte[] whole = Files.readAllBytes(folder.resolve("network.pt"));
    replaceWeights(Arrays.copyOf(whole, (int) (share * whole.length)));
    assertTrue(refusal().contains("not a whole TorchScript network"));
  }

  @Test
  void filesOfAnotherKindAreRefused() throws IOException {
    replaceWeights("This is no network.\n".getBytes(StandardCharsets.UTF_8));
    assertTrue(refusal().contains("not a whole TorchScript network"));
    replaceWeights(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H'});
    assertTrue(refusal().contains("not a whole TorchScript network"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return torch.sum(x)                            | it answers noise of shape
          return torch.cat([x, x], 1)                    | it answers noise of shape
          return torch.mul(x, 0.0)                       | does not depend on its input
          return torch.round(x)                          | does not depend on its input
          return torch.log(torch.neg(torch.abs(x)))      | not finite
          return torch.detach(x)                         | does not require grad
          return torch.ones_like(x)                      | does not require grad
          return torch.matmul(x, torch.ones([3, 3]))     | mat1 and mat2
          """)
  void aNetworkOfAnotherContractIsRefusedWithWhatWentWrong(String body, String problem)
      throws IOException {
    PriorFolders.write(folder, 8, body);
    String message = refusal();
    assertTrue(message.contains("is no consistency model as this program needs it"), message);
    assertTrue(message.contains(problem), message);
    // Readable in a dialog: no stack trace of PyTorch.
    assertTrue(message.lines().count() < 12, message);
  }

  @Test
  void aNetworkOfOneInputIsRefused() throws IOException {
    Path weights =
        TorchScriptFiles.write(
            folder.resolve("network.pt"), List.of("x"), "return torch.mul(x, 2)");
    PriorFolders.writeCard(folder, 8, NetworkFile.of(weights).sha256());
    String message = refusal();
    assertTrue(message.contains("is no consistency model as this program needs it"), message);
    assertTrue(message.lines().count() < 12, message);
  }

  /** D(x, sigma) = x / 2, beside f(x, sigma) = x / (1 + sigma). */
  private InstalledPrior withDenoiser() throws IOException {
    PriorFolders.write(folder, 8, DIVIDE);
    PriorFolders.addDenoiser(folder, "return torch.div(x, 2.0)");
    return InstalledPrior.of(folder);
  }

  @Test
  void aConsistencyModelGivesItsDenoiserToo() throws IOException {
    List<Path> asked = new ArrayList<>();
    NetworkConsent consent = (network, source) -> asked.add(network.path().getFileName());
    try (ConsistencyModel model = withDenoiser().openConsistencyModel(ComputeDevice.CPU, consent);
        NDManager scope = model.newScope()) {
      NDArray x = scope.ones(new Shape(1, 1, 8, 8));
      assertEquals(
          0.25f, model.consistencyFunction().orElseThrow().origin(x, 3).getFloat(0, 0, 0, 0));
      assertEquals(List.of(Path.of("network.pt")), asked);
      Denoiser denoiser = model.denoiser().orElseThrow();
      assertEquals(0.5f, denoiser.denoise(x, 3).getFloat(0, 0, 0, 0));
      assertSame(denoiser, model.denoiser().orElseThrow());
      assertEquals(List.of(Path.of("network.pt"), Path.of("denoiser.pt")), asked);
    }
  }

  @Test
  void aDenoiserThatCannotBeUsedIsRefusedWhenItIsAskedFor() throws IOException {
    InstalledPrior prior = withDenoiser();
    Files.writeString(folder.resolve("denoiser.pt"), "another one");
    try (ConsistencyModel model =
        prior.openConsistencyModel(ComputeDevice.CPU, NetworkConsent.GIVEN)) {
      String message =
          assertThrows(UncheckedIOException.class, model::denoiser).getCause().getMessage();
      assertTrue(message.contains("denoiser.pt are not the ones that the card"), message);
    }
  }

  @Test
  void aDenoiserDoesNotRunWithoutConsent() throws IOException {
    NetworkConsent ofTheFirst =
        (network, source) -> {
          if (network.path().endsWith("denoiser.pt")) {
            throw new IllegalArgumentException("not trusted");
          }
        };
    try (ConsistencyModel model =
        withDenoiser().openConsistencyModel(ComputeDevice.CPU, ofTheFirst)) {
      assertThrows(IllegalArgumentException.class, model::denoiser);
    }
  }

  @Test
  void aPriorWithoutADenoiserGivesNone() throws IOException {
    PriorFolders.write(folder, 8, DIVIDE);
    try (ConsistencyModel model = PriorFolders.open(folder)) {
      assertEquals(Optional.empty(), model.denoiser());
    }
  }
}
