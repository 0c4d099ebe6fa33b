package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.host.ChildJvm.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores an image as a user does, and leaves pictures of it in target/screenshots. */
class PosteriorDeblurWindowIT {

  @TempDir private Path directory;

  @Test
  void theMenuTheDialogAndTheResultsAreThere() throws Exception {
    Path screenshots = Path.of("target", "screenshots").toAbsolutePath();
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
              PosteriorDeblurScenario.class.getName(),
              screenshots.toString(),
              Path.of("test-images", "cells.tif").toAbsolutePath().toString());
      assertEquals(0, result.status(), result::toString);
    }
    assertTrue(Files.exists(screenshots.resolve("posterior-deblur-results.png")));
    for (String kind : List.of("cameras", "qualities")) {
      Path saved = directory.resolve("home").resolve(kind).resolve("our own.yaml");
      assertTrue(Files.exists(saved), saved::toString);
    }
  }
}
