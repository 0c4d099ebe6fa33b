package io.github.posteriorj.command.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import io.github.posteriorj.imagej.TiffFile;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks by macros, that which is shipped among them. */
class RunBenchmarkTest extends HeadlessTest {

  private static final Path SMOKE = Path.of("benchmarks/smoke.yaml").toAbsolutePath();

  @TempDir private Path folder;

  private Path output;
  private String configuration;

  @BeforeEach
  void makeImages() throws IOException {
    Path prior = PriorFolders.writeLocal(folder.resolve("prior"));
    Files.createDirectory(folder.resolve("sharp"));
    TiffFile.write(
        IJ.createImage("ramp", "32-bit ramp", 20, 16, 1), folder.resolve("sharp/ramp.tif"));
    output = folder.resolve("out");
    configuration =
        Files.readString(SMOKE)
            .replace("../test-images/held-out", "sharp")
            .replaceAll("names: .*\n", "")
            .replace("crop: 32", "crop: 16")
            .replace("microscopy-64", prior.toString());
  }

  private String run(Path file) {
    return errorOf(
        "run('Benchmark...', 'configuration=[%s] output=[%s] trust=true');"
            .formatted(file, output));
  }

  private String run(String text) throws IOException {
    return run(Files.writeString(folder.resolve("benchmark.yaml"), text));
  }

  @Test
  void theShippedOneRuns() throws IOException {
    assertNull(run(configuration));
    String cells = Files.readString(output.resolve("cells.csv"));
    assertEquals(7, cells.lines().count(), cells);
    assertTrue(cells.contains("ramp.tif,saturation,Wiener,not allowed"), cells);
    assertTrue(Files.readString(output.resolve("tables.md")).contains("| LATINO |"));
    assertNull(run(configuration));
    assertEquals(cells, Files.readString(output.resolve("cells.csv")));
  }

  @Test
  void whatIsWrongIsSaidAndNothingIsWritten() throws IOException {
    String error = run(configuration.replace("method: DPS", "method: DSP"));
    assertTrue(error.contains("There is no method \"DSP\". Use one of: "), error);
    error = run(configuration.replace("images: sharp", "images: nowhere"));
    assertTrue(error.contains("There is no folder " + folder.resolve("nowhere")), error);
    error = run(folder.resolve("none.yaml"));
    assertTrue(error.contains("There is no file or folder " + folder.resolve("none.yaml")), error);
    error = run(Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, 0, 1}));
    assertTrue(error.contains("bytes.yaml is no text in UTF-8."), error);
    error = errorOf("run('Benchmark...', 'output=[" + output + "]');");
    assertTrue(error.contains("Give the file of the benchmark in configuration=[...]."), error);
    assertFalse(Files.exists(output));
  }

  /** A cell of a million levels ends when the user says so, and is no result. */
  @Test
  @Timeout(60)
  void itEndsWithinASecond() throws Exception {
    String endless = configuration.replace("noise_levels: 5", "noise_levels: 1000000");
    Thread macro = Thread.currentThread();
    CompletableFuture<Long> user =
        CompletableFuture.supplyAsync(
            () -> {
              awaitClaim();
              macro.interrupt();
              return System.nanoTime();
            });
    run(endless);
    long ended = System.nanoTime();
    assertTrue(ended - user.get(1, TimeUnit.SECONDS) < Duration.ofSeconds(1).toNanos());
    assertFalse(Files.exists(output.resolve("cells.csv")));
  }

  private void awaitClaim() {
    while (!Files.exists(output.resolve("benchmark.yaml"))) {
      Thread.onSpinWait();
    }
  }
}
