package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.host.ChildJvm.Result;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the mean while a restoration runs, and leaves pictures of it in target/screenshots. */
class MeanWindowIT {

  @TempDir private Path directory;

  @Test
  void theMeanImprovesInPlaceAndIsKeptWhenTheRunIsEnded() throws Exception {
    Path screenshots = Path.of("target", "screenshots").toAbsolutePath();
    Path prior = PriorFolders.write(directory.resolve("prior"), 8, "return torch.div(x, 160.0)");
    try (VirtualDisplay display = VirtualDisplay.start()) {
      Result result =
          ChildJvm.run(
              directory,
              Map.of("DISPLAY", display.name()),
              MeanWindowScenario.class.getName(),
              screenshots.toString(),
              Path.of("test-images", "cells-measurement.tif").toAbsolutePath().toString(),
              prior.toString());
      assertEquals(0, result.status(), result::toString);
      assertTrue(result.output().contains("They are kept, marked as unfinished"), result::toString);
    }
    assertTrue(Files.exists(screenshots.resolve("mean-while-it-runs.png")));
  }
}
