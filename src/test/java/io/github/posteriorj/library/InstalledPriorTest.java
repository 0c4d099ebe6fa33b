package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused when a prior's folder is opened, and with which words. */
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
}
