package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.host.ChildJvm.Result;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads about a prior, imports one with consent and fine-tunes one as a user does, and leaves
 * pictures of it in target/screenshots.
 */
class PriorWindowsIT {

  @TempDir private Path directory;

  @Test
  void theCardTheConsentAndTheLossCurveAreShown() throws Exception {
    Path screenshots = Path.of("target", "screenshots").toAbsolutePath();
    Path network =
        TorchScriptFiles.write(
            directory.resolve("beads.pt"),
            "c = torch.reshape(torch.sub(sigma, 0.002), [-1, 1, 1, 1])",
            "return torch.div(x, torch.add(torch.abs(c), 1.0))");
    HomeFolder.write(directory.resolve("home"));
    try (VirtualDisplay display = VirtualDisplay.start()) {
      Result result =
          ChildJvm.run(
              directory,
              Map.of(
                  "DISPLAY",
                  display.name(),
                  "JAVA_TOOL_OPTIONS",
                  "-Dposteriorj.home=" + directory.resolve("home") + " -Dprior=users-own"),
              PriorWindowsScenario.class.getName(),
              screenshots.toString(),
              network.toString());
      assertEquals(0, result.status(), result::toString);
    }
    assertTrue(Files.isDirectory(directory.resolve("home/models/beads")));
    assertTrue(Files.isDirectory(directory.resolve("home/models/my-prior")));
  }
}
