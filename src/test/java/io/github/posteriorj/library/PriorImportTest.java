package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.prior.PriorConstants;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is imported keeps the contract, and runs only with consent. */
class PriorImportTest {

  /** sigma - sigma_min, so that a factor of it leaves f(x, sigma_min) = x. */
  private static final String ABOVE = "c = torch.reshape(torch.sub(sigma, 0.002), [-1, 1, 1, 1])";

  private static final String GOOD = "return torch.div(x, torch.add(torch.abs(c), 1.0))";

  private static final PriorConstants CONSTANTS =
      new PriorConstants(
          0.002, 80, -1, 1, 1, 8, 16, 100, OptionalDouble.empty(), OptionalInt.empty());

  private static final NetworkDescription DESCRIBED =
      new NetworkDescription("Beads", "Beads on glass.", "MIT", 0.5, CONSTANTS);

  @TempDir private Path directory;
  private Path models;
  private List<String> asked;
  private PriorImport priorImport;

  @BeforeEach
  void prepare() {
    models = directory.resolve("models");
    asked = new ArrayList<>();
    priorImport =
        new PriorImport(
            new PriorInstaller(models, List.of()),
            ComputeDevice.CPU,
            (network, source) -> asked.add(network.sha256()));
  }

  private Path network(String... body) throws IOException {
    return TorchScriptFiles.write(directory.resolve("beads.pt"), body);
  }

  private String refusal(Path source) throws IOException {
    Exception refused =
        assertThrows(
            Exception.class,
            () -> priorImport.run(source, Optional.empty(), false, DESCRIBED, Progress.NONE));
    assertNothingIsLeft();
    return refused.getMessage();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(models)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aNetworkBecomesAPriorWithACard() throws IOException {
    Path file = network(ABOVE, GOOD);
    Path folder = priorImport.run(file, Optional.empty(), false, DESCRIBED, Progress.NONE);
    assertEquals(models.resolve("beads"), folder);
    PriorCard card = PriorCard.read(folder);
    assertEquals("Beads", card.name());
    assertEquals(NetworkFile.of(file).sha256(), card.network().sha256());
    assertEquals(List.of(card.network().sha256()), asked);
    assertEquals(CONSTANTS, card.constants());
    CardDocument document = CardDocument.read(folder);
    assertEquals(Optional.of("MIT"), document.at("license"));
    assertEquals(Optional.of("Beads on glass."), document.at("description"));
    assertEquals(Optional.of(0.5), document.at("config", "posteriorj", "sigma_data"));
    PriorFolders.open(folder).close();
  }

  @Test
  void aFolderIsCopiedUnderANewName() throws IOException {
    Path folder = PriorFolders.write(directory.resolve("source"), 8, ABOVE, GOOD);
    Path copy = priorImport.run(folder, Optional.of("my beads"), false, DESCRIBED, Progress.NONE);
    assertEquals(models.resolve("my beads"), copy);
    assertEquals("Test prior", PriorCard.read(copy).name());
    assertTrue(Files.isRegularFile(folder.resolve("network.pt")));
  }

  @Test
  void consentIsAskedForEveryNetworkInTheFolder() throws IOException {
    Path folder = PriorFolders.write(directory.resolve("source"), 8, ABOVE, GOOD);
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    Path hidden = TorchScriptFiles.write(pictures.resolve("a.png"), "return x");
    Files.writeString(pictures.resolve("b.png"), "no network");
    priorImport.run(folder, Optional.empty(), false, DESCRIBED, Progress.NONE);
    assertEquals(2, asked.size());
    assertTrue(asked.contains(NetworkFile.of(folder.resolve("network.pt")).sha256()));
    assertTrue(asked.contains(NetworkFile.of(hidden).sha256()));
  }

  @Test
  void nothingRunsWithoutConsent() throws IOException {
    // It would fail the contract if it ran.
    Path file = network("return torch.sum(x)");
    PriorImport refusing =
        new PriorImport(
            new PriorInstaller(models, List.of()),
            ComputeDevice.CPU,
            (network, source) -> {
              throw new IllegalArgumentException("not trusted");
            });
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> refusing.run(file, Optional.empty(), false, DESCRIBED, Progress.NONE))
            .getMessage();
    assertEquals("not trusted", message);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return torch.sum(x)                                    | it answers noise of shape
          return torch.detach(x)                                 | does not require grad
          return torch.mul(x, torch.sub(c, c))                   | does not depend on its input
          return torch.mul(x, torch.log(torch.sub(c, 1.0)))      | not finite at the noise level
          return torch.add(x, torch.mul(c, torch.rand_like(x)))  | other values each time
          return torch.sub(x, torch.mul(torch.mean(x), c))       | other images of the batch
          return torch.div(x, torch.add(torch.mean(c), 1.0))     | other images of the batch
          return torch.mul(x, 0.9)                               | f(x, sigma_min) must be x
          return torch.matmul(x, torch.eye(16))                  | fails on an image of shape
          """)
  void aBrokenContractIsRefusedWithWhatIsBroken(String body, String problem) throws IOException {
    String message = refusal(network(ABOVE, body));
    assertTrue(message.contains("is no consistency model as this program needs it"), message);
    assertTrue(message.contains(problem), message);
    // The user's file, not a hidden copy of it.
    assertTrue(message.contains("The network " + directory.resolve("beads.pt")), message);
    assertTrue(message.lines().count() < 12, message);
  }

  @Test
  void aWrongNumberOfChannelsIsRefused() throws IOException {
    Path file = network(ABOVE, "return torch.conv2d(x, torch.ones([1, 1, 1, 1]))");
    PriorConstants three =
        new PriorConstants(
            0.002, 80, -1, 1, 3, 8, 16, 100, OptionalDouble.empty(), OptionalInt.empty());
    String message =
        assertThrows(
                IOException.class,
                () ->
                    priorImport.run(
                        file,
                        Optional.empty(),
                        false,
                        new NetworkDescription("Beads", "", "MIT", 0.5, three),
                        Progress.NONE))
            .getMessage();
    assertTrue(message.contains("channels"), message);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whereverItIsEndedNothingIsLeft(int stage) throws IOException {
    Path file = network(ABOVE, GOOD);
    assertThrows(
        CancellationException.class,
        () ->
            priorImport.run(
                file,
                Optional.empty(),
                false,
                DESCRIBED,
                (name, done, total) -> {
                  if (done == stage) {
                    throw new CancellationException();
                  }
                }));
    assertNothingIsLeft();
  }

  /** Each pixel is mixed with its neighbours: the reach is 1. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aReachThatIsTooSmallIsRefused(int reach) throws IOException {
    String mixing =
        "return torch.add(x, torch.mul(c, torch.avg_pool2d(x, [3, 3], [1, 1], [1, 1])),"
            + " alpha=0.01)";
    Path folder = PriorFolders.write(directory.resolve("source"), 8, ABOVE, mixing);
    CardDocument.read(folder).with(reach, "config", "posteriorj", "reach").write(folder);
    if (reach == 0) {
      String message = refusal(folder);
      assertTrue(message.contains("farther away than the reach of 0 pixels"), message);
    } else {
      priorImport.run(folder, Optional.empty(), false, DESCRIBED, Progress.NONE);
    }
  }

  @Test
  void aHashThatIsNotTheCardsIsRefused() throws IOException {
    Path folder = PriorFolders.write(directory.resolve("source"), 8, ABOVE, GOOD);
    PriorFolders.writeCard(folder, 8, "ab".repeat(32));
    assertTrue(refusal(folder).contains("not the ones that the card of the prior describes"));
  }

  @Test
  void aNetworkOutsideOfTheFolderIsRefusedUnread() throws IOException {
    Path folder = PriorFolders.write(directory.resolve("source"), 8, ABOVE, GOOD);
    Path card = folder.resolve("rdf.yaml");
    Files.move(folder.resolve("network.pt"), directory.resolve("network.pt"));
    Files.writeString(card, Files.readString(card).replace("network.pt", "../network.pt"));
    assertTrue(refusal(folder).contains("names a network outside"));
    assertEquals(List.of(), asked);
  }

  @Test
  void aMissingNetworkIsNamed() throws IOException {
    Path folder = PriorFolders.writeCard(Files.createDirectories(directory.resolve("a")), 8, "ab");
    assertTrue(refusal(folder).contains("lacks its network network.pt"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 80, 0.5, -1, 1, 1, 8, 16, sigma_min",
    "1, 1, 0.5, -1, 1, 1, 8, 16, sigma_min",
    "0.002, NaN, 0.5, -1, 1, 1, 8, 16, sigma_max",
    "0.002, 80, 0, -1, 1, 1, 8, 16, sigma_data",
    "0.002, 80, 0.5, 1, -1, 1, 8, 16, from 1.0 to -1.0",
    "0.002, 80, 0.5, -1, 1, 0, 8, 16, channels",
    "0.002, 80, 0.5, -1, 1, 1, 0, 16, size_multiple",
    "0.002, 80, 0.5, -1, 1, 1, 8, 0, minimum_size"
  })
  void constantsThatCannotBeAreNamed(
      double least,
      double most,
      double data,
      double low,
      double high,
      int channels,
      int multiple,
      int size,
      String name) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new NetworkDescription(
                        "",
                        "",
                        "",
                        data,
                        new PriorConstants(
                            least,
                            most,
                            low,
                            high,
                            channels,
                            multiple,
                            size,
                            100,
                            OptionalDouble.empty(),
                            OptionalInt.empty())))
            .getMessage();
    assertTrue(message.contains(name), message);
  }

  @Test
  void trustIsKept() throws IOException {
    TrustedNetworks trusted =
        new TrustedNetworks(directory.resolve("home/trusted.txt"), Optional.of(Path.of("models")));
    NetworkFile bundled = PriorCard.read(Path.of("models/microscopy-64")).network();
    assertTrue(trusted.contains(bundled));
    Path copy = Files.copy(bundled.path(), directory.resolve("copy.pt"));
    assertTrue(trusted.contains(NetworkFile.of(copy)));
    NetworkFile mine = new NetworkFile(directory.resolve("my beads.pt"), "ab".repeat(32));
    NetworkFile other = new NetworkFile(directory.resolve("others.pt"), "cd".repeat(32));
    assertFalse(trusted.contains(mine));
    trusted.add(mine, "my beads.pt");
    trusted.add(other, "others.pt");
    assertTrue(trusted.contains(mine));
    assertTrue(trusted.contains(other));
    assertFalse(trusted.contains(new NetworkFile(mine.path(), "my")));
    assertEquals(2, Files.readAllLines(directory.resolve("home/trusted.txt")).size());
  }
}
