package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriorj.imagej.host.ChildJvm.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives a real ImageJ on a display of its own; skipped where Xvfb is not installed. */
class WindowIT {

  private static VirtualDisplay display;

  @TempDir private Path directory;

  @BeforeAll
  static void startDisplay() throws IOException {
    display = VirtualDisplay.start();
  }

  @AfterAll
  static void stopDisplay() {
    if (display != null) {
      display.close();
    }
  }

  @Test
  void aCommandIsChosenFromTheMenuAnsweredAndRecorded() throws Exception {
    Result result =
        ChildJvm.run(
            directory,
            Map.of("DISPLAY", display.name()),
            WindowScenario.class.getName(),
            Path.of("target", "dialog.png").toAbsolutePath().toString());
    assertEquals(0, result.status(), result::toString);
  }
}
