package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriorj.imagej.host.ChildJvm.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The buttons of the tool set in a real ImageJ; skipped where Xvfb is not installed. */
class ToolSetIT {

  @TempDir private Path directory;

  @Test
  void eachButtonOpensItsCommand() throws Exception {
    try (VirtualDisplay display = VirtualDisplay.start()) {
      Result result =
          ChildJvm.run(
              directory,
              Map.of("DISPLAY", display.name()),
              ToolSetScenario.class.getName(),
              Path.of("macros/PosteriorJ/PosteriorJ_Tools.ijm").toAbsolutePath().toString(),
              Path.of("target", "tools.png").toAbsolutePath().toString());
      assertEquals(0, result.status(), result::toString);
    }
  }
}
