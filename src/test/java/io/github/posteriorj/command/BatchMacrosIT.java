package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.PosteriorJ;
import io.github.posteriorj.imagej.TiffFile;
import io.github.posteriorj.imagej.host.ChildJvm;
import io.github.posteriorj.imagej.host.ChildJvm.Result;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The macros for many images and large ones: a folder, all open ones, a sweep, a stack, a
 * selection, a large field, a benchmark, and the tool set.
 */
class BatchMacrosIT {

  private static final Path MACROS = Path.of("macros/PosteriorJ").toAbsolutePath();

  @TempDir private static Path folder;

  @Test
  void theyAllRun() throws Exception {
    Path prior = PriorFolders.write(folder.resolve("prior"), 8, "return torch.div(x, 160.0)");
    String fast =
        "samples=2 chains=2 warm_start_steps=2 burn_in=0 device=cpu trust=true prior=["
            + prior
            + "]";
    Path input = Files.createDirectory(folder.resolve("in"));
    TiffFile.write(IJ.createImage("a", "32-bit ramp", 16, 16, 1), input.resolve("a.tif"));
    Path macro =
        Files.writeString(
            folder.resolve("all.ijm"),
            """
            setBatchMode(true);
            macros = "%1$s/";
            runMacro(macros + "Restore_Folder.ijm",
                "%2$s;%3$s;Posterior Deblur...;psf_sigma=1.5 noise=0.05 %4$s");
            newImage("one", "32-bit ramp", 16, 16, 1);
            newImage("flat", "32-bit black", 16, 16, 1);
            newImage("two", "32-bit ramp", 16, 16, 1);
            selectImage("flat"); close();
            runMacro(macros + "Restore_Open_Images.ijm", "psf_sigma=1.5 noise=0.05 %4$s");
            print("means " + isOpen("one-mean") + "," + isOpen("two-mean") + "," + isOpen("one-samples"));
            selectImage("one");
            runMacro(macros + "Parameter_Sweep.ijm", "1,2;noise=0.05 %4$s");
            print("sweep " + isOpen("one-mean, sigma 1") + "," + isOpen("one-mean, sigma 2"));
            newImage("stack", "32-bit composite-mode ramp", 64, 64, 2, 3, 1);
            for (i = 1; i <= 6; i++) { setSlice(i); run("Add...", "value=" + i + " slice"); }
            runMacro(macros + "Stack.ijm", "noise=0.05 %4$s");
            selectImage("stack-samples");
            getDimensions(width, height, channels, slices, frames);
            print("stack " + channels + " " + slices + " " + frames);
            newImage("field", "32-bit ramp", 48, 40, 1);
            makeOval(10, 12, 20, 16);
            runMacro(macros + "Selection.ijm", "noise=0.05 %4$s");
            selectImage("field-mean");
            print("selection " + getWidth() + " " + getHeight() + " " + getPixel(0, 0));
            rename("of the selection");
            selectImage("field");
            runMacro(macros + "Large_Field.ijm",
                "%5$s;noise=0.05 tile=16 samples=2 level_steps=2 device=cpu trust=true prior=[%6$s]");
            print("field " + File.exists("%5$s/planes/c1_z001_t001/mean.tif") + " " + isOpen("field-mean"));
            runMacro(macros + "Benchmark.ijm", "benchmarks/smoke.yaml;%7$s");
            """
                .formatted(
                    MACROS,
                    input,
                    folder.resolve("out"),
                    fast,
                    folder.resolve("field"),
                    PriorFolders.writeLocal(folder.resolve("local")),
                    folder.resolve("benchmark")));
    Result result =
        ChildJvm.run(
            Path.of("").toAbsolutePath(),
            Map.of(),
            PosteriorJ.class.getName(),
            "--headless",
            "-macro",
            macro.toString());
    assertEquals(0, result.status(), result::toString);
    for (String line :
        List.of("means 1,1,0", "sweep 1,1", "stack 2 2 2", "selection 20 16 NaN", "field 1 1")) {
      assertTrue(result.output().lines().toList().contains(line), result::toString);
    }
    assertTrue(result.output().contains("psf_sigma=2: misfit "), result::toString);
    assertTrue(result.output().contains("30 cell(s) run, 0 done before, 5 of"), result::toString);
    ImagePlus mean = TiffFile.read(folder.resolve("out/a.tif/mean.tif"));
    assertEquals(16, mean.getWidth());
    assertTrue(
        Files.readString(folder.resolve("out/report.csv")).contains("a.tif,c1_z001_t001,restored"));
  }

  /**
   * ImageJ makes buttons of macros that are named so; what they run are commands that there are.
   */
  @Test
  void theToolSetsButtonsRunCommands() throws Exception {
    String tools = Files.readString(MACROS.resolve("PosteriorJ_Tools.ijm"));
    List<String> run =
        Pattern.compile(
                "macro \"[^\"]+ Action Tool - (?:[CROTFD][0-9a-zA-Z]+)+\""
                    + " \\{\\s*run\\(\"([^\"]*)\"")
            .matcher(tools)
            .results()
            .map((MatchResult button) -> button.group(1))
            .toList();
    assertEquals(5, run.size(), run::toString);
    String page = Files.readString(Path.of("docs/commands.md"));
    for (String command : run) {
      assertTrue(page.contains(command), command);
    }
  }
}
