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

/** A run that is killed goes on where it was, and ends as if nothing had happened. */
class ResumeIT {

  private static final int PLANES = 4;

  @TempDir private static Path folder;

  private static Path prior;

  @BeforeAll
  static void writePrior() throws Exception {
    prior = PriorFolders.write(folder.resolve("prior"), 8, "return torch.div(x, 160.0)");
  }

  private static Path macro(Path output) throws IOException {
    return Files.writeString(
        folder.resolve(output.getFileName() + ".ijm"),
        BadInput.CELLS
            + """
            setBatchMode(true);
            newImage("cells", "32-bit ramp", 32, 32, %d);
            run("Posterior Deblur...", "image=cells output=[%s] noise=0.05 psf_sigma=1.5 samples=4
                chains=2 warm_start_steps=300 burn_in=4 device=cpu trust=true prior=[%s]");
            """
                .replace("\n    ", " ")
                .formatted(PLANES, output, prior));
  }

  private static String[] arguments(Path output) throws IOException {
    return new String[] {"--headless", "-macro", macro(output).toString()};
  }

  private static ChildJvm.Result run(Path output) throws Exception {
    return ChildJvm.run(
        Path.of("").toAbsolutePath(), Map.of(), PosteriorJ.class.getName(), arguments(output));
  }

  private static Map<String, FileTime> planes(Path output) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    Path planes = output.resolve("planes");
    if (Files.isDirectory(planes)) {
      try (Stream<Path> entries = Files.list(planes)) {
        for (Path plane : entries.filter(path -> !isPart(path)).toList()) {
          times.put(
              plane.getFileName().toString(), Files.getLastModifiedTime(plane.resolve("mean.tif")));
        }
      }
    }
    return times;
  }

  private static boolean isPart(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  @Test
  void whatIsFinishedIsNotDoneAgainAndTheRestIsToTheBit() throws Exception {
    Path killed = folder.resolve("killed");
    Process process =
        ChildJvm.start(Path.of("").toAbsolutePath(), PosteriorJ.class.getName(), arguments(killed));
    while (process.isAlive() && planes(killed).size() < 2) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    Map<String, FileTime> before = planes(killed);
    assertTrue(before.size() >= 2 && before.size() < PLANES, before::toString);
    assertFalse(Files.exists(killed.resolve("mean.tif")));

    ChildJvm.Result again = run(killed);
    assertEquals(0, again.status(), again::toString);
    Map<String, FileTime> after = planes(killed);
    assertEquals(PLANES, after.size());
    assertEquals(before, Map.copyOf(withoutNew(after, before)));

    Path undisturbed = folder.resolve("undisturbed");
    ChildJvm.Result whole = run(undisturbed);
    assertEquals(0, whole.status(), whole::toString);
    for (String kind : List.of("mean", "variance")) {
      assertSame(undisturbed.resolve(kind + ".tif"), killed.resolve(kind + ".tif"));
    }
    for (String plane : after.keySet()) {
      assertSame(
          undisturbed.resolve("planes").resolve(plane).resolve("samples.tif"),
          killed.resolve("planes").resolve(plane).resolve("samples.tif"));
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
