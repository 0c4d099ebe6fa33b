package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.PosteriorJ;
import io.github.posteriorj.imagej.host.ChildJvm;
import io.github.posteriorj.library.PriorFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that is killed goes on where it was, and ends as if nothing had happened. */
class ResumeIT {

  private static final int PLANES = 4;

  @TempDir private static Path folder;

  private static Path prior;
  private static Path atLevels;

  @BeforeAll
  static void writePrior() throws Exception {
    prior = PriorFolders.write(folder.resolve("prior"), 8, "return torch.div(x, 160.0)");
    atLevels = PriorFolders.writeLocal(folder.resolve("levels"));
  }

  private static String[] arguments(Path output, int planes, String options) throws IOException {
    Path macro =
        Files.writeString(
            folder.resolve(output.getFileName() + ".ijm"),
            """
            setBatchMode(true);
            newImage("cells", "32-bit ramp", 32, 32, %d);
            run("Posterior Deblur...", "image=cells output=[%s] noise=0.05 psf_sigma=1.5 samples=4
                chains=2 device=cpu trust=true %s");
            """
                .replace("\n    ", " ")
                .formatted(planes, output, options));
    return new String[] {"--headless", "-macro", macro.toString()};
  }

  private static String[] ofPlanes(Path output) throws IOException {
    return arguments(output, PLANES, "warm_start_steps=300 burn_in=4 prior=[%s]".formatted(prior));
  }

  /** A plane that takes some seconds, at a level and in pure noise. */
  private enum LongPlane {
    AT_A_LEVEL("level_steps=2000"),
    AT_SIGMA_MAX("chain_level=sigma_max warm_start_steps=2 burn_in=4 thinning=40");

    private final String options;

    LongPlane(String options) {
      this.options = options;
    }

    String[] arguments(Path output) throws IOException {
      return ResumeIT.arguments(output, 1, "%s prior=[%s]".formatted(options, atLevels));
    }
  }

  private static Process start(String... arguments) throws IOException {
    return ChildJvm.start(Path.of("").toAbsolutePath(), PosteriorJ.class.getName(), arguments);
  }

  private static void runToTheEnd(String... arguments) throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(Path.of("").toAbsolutePath(), Map.of(), PosteriorJ.class.getName(), arguments);
    assertEquals(0, result.status(), result::toString);
  }

  private static Map<String, FileTime> planes(Path output) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    Path planes = output.resolve("planes");
    if (Files.isDirectory(planes)) {
      try (Stream<Path> entries = Files.list(planes)) {
        for (Path plane : entries.filter(path -> !isUnfinished(path)).toList()) {
          times.put(
              plane.getFileName().toString(), Files.getLastModifiedTime(plane.resolve("mean.tif")));
        }
      }
    }
    return times;
  }

  private static boolean isUnfinished(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || name.endsWith(".running");
  }

  @Test
  void whatIsFinishedIsNotDoneAgainAndTheRestIsToTheBit() throws Exception {
    Path killed = folder.resolve("killed");
    Process process = start(ofPlanes(killed));
    while (process.isAlive() && planes(killed).size() < 2) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    Map<String, FileTime> before = planes(killed);
    assertTrue(before.size() >= 2 && before.size() < PLANES, before::toString);
    assertFalse(Files.exists(killed.resolve("mean.tif")));

    runToTheEnd(ofPlanes(killed));
    Map<String, FileTime> after = planes(killed);
    assertEquals(PLANES, after.size());
    assertEquals(before, Map.copyOf(withoutNew(after, before)));

    Path undisturbed = folder.resolve("undisturbed");
    runToTheEnd(ofPlanes(undisturbed));
    for (String kind : List.of("mean", "variance")) {
      assertSame(undisturbed.resolve(kind + ".tif"), killed.resolve(kind + ".tif"));
    }
    for (String plane : after.keySet()) {
      assertSame(
          undisturbed.resolve("planes").resolve(plane).resolve("samples.tif"),
          killed.resolve("planes").resolve(plane).resolve("samples.tif"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlaneGoesOnWhereItsChainsWere(LongPlane plane) throws Exception {
    Path killed = folder.resolve("killed in a plane " + plane);
    Path running = killed.resolve("planes/c1_z001_t001.running");
    Process process = start(plane.arguments(killed));
    while (process.isAlive() && !Files.exists(running.resolve("chains"))) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    assertTrue(Files.exists(running.resolve("chains")));
    runToTheEnd(plane.arguments(killed));
    assertFalse(Files.exists(running));

    Path undisturbed = folder.resolve("undisturbed plane " + plane);
    runToTheEnd(plane.arguments(undisturbed));
    for (String kind : List.of("mean", "variance", "samples")) {
      String file = "planes/c1_z001_t001/%s.tif".formatted(kind);
      assertSame(undisturbed.resolve(file), killed.resolve(file));
    }
  }

  private static Map<String, FileTime> withoutNew(
      Map<String, FileTime> after, Map<String, FileTime> before) {
    Map<String, FileTime> old = new TreeMap<>(after);
    old.keySet().retainAll(before.keySet());
    return old;
  }

  private static void assertSame(Path expected, Path found) {
    ImagePlus one = IJ.openImage(expected.toString());
    ImagePlus other = IJ.openImage(found.toString());
    assertArrayEquals(one.getDimensions(), other.getDimensions());
    for (int slice = 1; slice <= one.getStackSize(); slice++) {
      assertArrayEquals(
          (float[]) one.getStack().getPixels(slice), (float[]) other.getStack().getPixels(slice));
    }
  }
}
