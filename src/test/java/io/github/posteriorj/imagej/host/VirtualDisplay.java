package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A display without a screen for one test, by Xvfb. */
final class VirtualDisplay implements AutoCloseable {

  private final Process server;
  private final String name;

  private VirtualDisplay(Process server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Starts a display; skips the test where Xvfb is not installed. */
  static VirtualDisplay start() throws IOException {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, "Xvfb").canExecute());
    assumeTrue(installed, "Xvfb is not installed");
    // The server chooses a number that is free and writes it to its standard output.
    Process server =
        new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new VirtualDisplay(
        server,
        ":"
            + new BufferedReader(
                    new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                .readLine());
  }

  /** What the environment variable DISPLAY is to be. */
  String name() {
    return name;
  }

  @Override
  public void close() {
    server.destroy();
  }
}
