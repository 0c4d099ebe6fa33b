package io.github.posteriorj.command.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.command.Installation;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.event.TaskEvent;

/** Prior Info and Import Prior in macros: what they do, and what they refuse. */
class PriorCommandsTest extends OwnPriorsTest {

  private static final String[] HALVE = {
    "c = torch.reshape(torch.sub(sigma, 0.002), [-1, 1, 1, 1])",
    "return torch.div(x, torch.add(torch.abs(c), 1.0))"
  };

  private static String errorOfImport(Path path, String options) {
    return errorOf("run('Import Prior...', 'path=[" + path + "] device=cpu " + options + "');");
  }

  private static void assertRefused(String message, String error) {
    assertNotNull(error);
    assertTrue(error.contains(message), error);
    assertEquals(List.of(), ownPriors());
  }

  private Path network(String... body) throws IOException {
    return TorchScriptFiles.write(directory.resolve("beads.pt"), body);
  }

  @Test
  void aTrustedNetworkIsImportedAndFoundByOtherCommands() throws IOException {
    Path network = network(HALVE);
    assertNull(errorOfImport(network, "trust=true name=half minimum_size=24"));
    assertEquals(List.of("half"), ownPriors());
    assertNull(
        errorOf("run('Sample Prior...', 'prior=half samples=1 width=32 height=32 device=cpu');"));
    assertEquals(directory.resolve("home/models/half"), Installation.priors().find("half"));
    // Trusted now, without saying so again.
    assertNull(errorOfImport(network, ""));
    assertEquals(List.of("beads", "half"), ownPriors());
  }

  @Test
  void anUnknownNetworkNeedsConsent() throws IOException {
    assertRefused("run the command with trust=true", errorOfImport(network(HALVE), "name=half"));
  }

  @Test
  void theBundledNetworkIsKnownByItsHash() {
    Path bundled = Path.of("models/microscopy-64").toAbsolutePath();
    assertRefused("which would hide the new one", errorOfImport(bundled, "trust=true"));
    assertNull(errorOfImport(bundled, "name=copy"));
    assertEquals(List.of("copy"), ownPriors());
  }

  @Test
  void aTakenNameIsRefusedUnlessItIsToBeReplaced() throws IOException {
    Path network = network(HALVE);
    assertNull(errorOfImport(network, "trust=true"));
    String error = errorOfImport(network, "");
    assertTrue(error.contains("replace=true"), error);
    assertNull(errorOfImport(network, "replace=true"));
  }

  @Test
  void whatIsNoPriorIsRefused() throws IOException {
    assertRefused("There is no such file", errorOfImport(directory.resolve("nowhere.pt"), ""));
    assertRefused("Choose what to import", errorOf("run('Import Prior...', 'device=cpu');"));
    Path picture = Files.writeString(directory.resolve("a.pt"), "no network at all");
    assertRefused("neither a TorchScript network nor a zip", errorOfImport(picture, "trust=true"));
    assertRefused("is no name for a prior", errorOfImport(network(HALVE), "name=[a/b] trust=true"));
  }

  @Test
  void aBrokenContractIsRefused() throws IOException {
    assertRefused(
        "does not require grad", errorOfImport(network("return torch.detach(x)"), "trust=true"));
    assertRefused(
        "f(x, sigma_min) must be x",
        errorOfImport(network("return torch.mul(x, 0.5)"), "trust=true"));
    assertRefused("sigma_min", errorOfImport(network(HALVE), "sigma_min=0 trust=true"));
    assertRefused("channels", errorOfImport(network(HALVE), "channels=0 trust=true"));
  }

  @Test
  void aZipFileThatLeavesItsFolderIsRefused() throws IOException {
    Path file = directory.resolve("evil.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : List.of("rdf.yaml", "../../evil.txt")) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write("x".getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    assertRefused("outside of the prior's folder", errorOfImport(file, "trust=true"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(directory.resolve("home"), "a file in the way");
    String error = errorOfImport(network(HALVE), "trust=true");
    assertTrue(
        error.contains("could not be written to " + directory.resolve("home/models")), error);
  }

  /** Cancels the command as soon as it has begun. */
  static final class Impatience {

    private volatile boolean cancelled;

    @EventHandler
    void onEvent(TaskEvent event) {
      if (!cancelled) {
        cancelled = true;
        event.getTask().cancel("The user has had enough.");
      }
    }
  }

  @Test
  @Timeout(60)
  void cancellingAtOnceLeavesNothing() throws Exception {
    EventService events = context().service(EventService.class);
    Impatience impatience = new Impatience();
    var subscribers = events.subscribe(impatience);
    try {
      errorOfImport(network(HALVE), "trust=true");
    } finally {
      events.unsubscribe(subscribers);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("Import Prior")) {
        thread.join();
      }
    }
    assertTrue(impatience.cancelled);
    try (Stream<Path> left = Files.list(directory.resolve("home/models"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void infoOfAnUnknownOrDamagedPriorIsRefused() throws IOException {
    assertRefused(
        "There is no prior \"nuclear\"", errorOf("run('Prior Info...', 'prior=nuclear');"));
    assertRefused(
        "samples must be at least 0; it is -1.", errorOf("run('Prior Info...', 'samples=-1');"));
    Path damaged = PriorFolders.write(directory.resolve("damaged"), 8, HALVE);
    PriorFolders.writeCard(damaged, 8, "ab".repeat(32));
    assertRefused(
        "not the ones that the card",
        errorOf("run('Prior Info...', 'device=cpu prior=[" + damaged + "]');"));
  }
}
