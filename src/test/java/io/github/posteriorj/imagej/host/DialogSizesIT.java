package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriorj.imagej.host.ChildJvm.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens both dialogs of every command on a screen of 1280 x 800 pixels, and leaves pictures of them
 * in target/screenshots/dialogs.
 */
class DialogSizesIT {

  @TempDir private Path directory;

  @Test
  void everyDialogFitsOnASmallScreen() throws Exception {
    HomeFolder.write(directory.resolve("home"));
    try (VirtualDisplay display = VirtualDisplay.start()) {
      Result result =
          ChildJvm.run(
              directory,
              Map.of(
                  "DISPLAY",
                  display.name(),
                  "JAVA_TOOL_OPTIONS",
                  "-Dposteriorj.home=" + directory.resolve("home")),
              DialogSizesScenario.class.getName(),
              Path.of("target", "screenshots", "dialogs").toAbsolutePath().toString());
      assertEquals(0, result.status(), result::toString);
    }
  }
}
