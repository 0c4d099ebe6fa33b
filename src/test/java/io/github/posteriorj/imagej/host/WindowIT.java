package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.posteriorj.imagej.host.ChildJvm.Result;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives a real ImageJ on a display of its own; skipped where Xvfb is not installed. */
class WindowIT {

  private static Process server;
  private static String display;

  @TempDir private Path directory;

  @BeforeAll
  static void startDisplay() throws IOException {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, "Xvfb").canExecute());
    assumeTrue(installed, "Xvfb is not installed");
    // The server chooses a number that is free and writes it to its standard output.
    server =
        new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    display =
        ":"
            + new BufferedReader(
                    new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
  }

  @AfterAll
  static void stopDisplay() {
    if (server != null) {
      server.destroy();
    }
  }

  @Test
  void aCommandIsChosenFromTheMenuAnsweredAndRecorded() throws Exception {
    Result result =
        ChildJvm.run(
            directory,
            Map.of("DISPLAY", display),
            WindowScenario.class.getName(),
            Path.of("target", "dialog.png").toAbsolutePath().toString());
    assertEquals(0, result.status(), result::toString);
  }
}
