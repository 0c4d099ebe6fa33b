package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;
import io.github.posteriorj.command.restore.PosteriorDeblur;
import io.github.posteriorj.command.restore.RestoreAgain;
import io.github.posteriorj.command.restore.RestoreFolder;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.TiffFile;
import io.github.posteriorj.library.PriorFolders;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

/** Quotes, backslashes and brackets in titles and paths, given to commands and recorded. */
class OddNamesTest extends HeadlessTest {

  private static final String ODD = "the \"odd\" \\n [1] o'ne";

  @TempDir private Path folder;

  private Path prior;
  private Path output;

  @BeforeEach
  void makeFolders() throws Exception {
    assumeTrue(
        File.separatorChar == '/', "Windows allows neither quotes nor backslashes in names.");
    Path home = Files.createDirectory(folder.resolve("home of " + ODD));
    prior = PriorFolders.write(home.resolve("prior " + ODD), 8, "return torch.div(x, 160.0)");
    output = home.resolve("results of " + ODD);
    Interpreter.batchMode = true;
  }

  @AfterEach
  void stopRecording() {
    Recorder.record = false;
    Recorder.resetCommandOptions();
  }

  /** Runs a command as a dialog does; returns the line that the Recorder writes of it. */
  private static String record(Class<?> command, String name, Map<String, Object> inputs)
      throws Exception {
    Module module = Host.instance().create(command.getName());
    context().service(ModuleService.class).run(module, true, inputs).get();
    Recorder.record = true;
    Recorder.resetCommandOptions();
    new RecorderPostprocessor().process(module);
    String options = Recorder.getCommandOptions();
    Recorder.record = false;
    return "run(\"" + name + "...\", \"" + options + "\");";
  }

  private Map<String, Object> deblurring() {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("prior", prior.toString());
    inputs.put("noise", "0.05");
    inputs.put("chain_level", "sigma_max");
    inputs.put("warm_start_steps", 2);
    inputs.put("burn_in", 1);
    inputs.put("samples", 2);
    inputs.put("chains", 1);
    inputs.put("device", "cpu");
    inputs.put("trust", true);
    return inputs;
  }

  private String open() throws Exception {
    Path file = folder.resolve(ODD + ".tif");
    TiffFile.write(IJ.createImage(ODD, "32-bit ramp", 16, 16, 1), file);
    ImagePlus opened = IJ.openImage(file.toString());
    opened.show();
    return opened.getTitle();
  }

  private float[] written(String file) throws Exception {
    return (float[]) TiffFile.read(output.resolve(file)).getProcessor().getPixels();
  }

  @Test
  void aRecordedCommandDoesTheSameAgain() throws Exception {
    String title = open();
    assertEquals(ODD + ".tif", title);
    Map<String, Object> inputs = deblurring();
    inputs.put("image", title);
    inputs.put("output", output.toFile());
    String line = record(PosteriorDeblur.class, "Posterior Deblur", inputs);
    float[] mean = written("mean.tif");

    output = Files.move(output, folder.resolve("before"));
    ResultImages.find(title + "-mean").setTitle("before");
    assertNull(errorOf(line), line);
    assertNotNull(ResultImages.find(title + "-mean"));
    output = ((File) inputs.get("output")).toPath();
    assertArrayEquals(mean, written("mean.tif"));

    ResultImages.find(title + "-mean").setTitle("again");
    line = record(RestoreAgain.class, "Restore Again", Map.of("image", "again", "trust", true));
    ResultImages.find(title + "-mean").setTitle("and again");
    assertNull(errorOf(line), line);
    assertArrayEquals(
        mean, (float[]) ResultImages.find(title + "-mean").getProcessor().getPixels());
  }

  @Test
  void aRecordedFolderIsRestoredAgainByARecordedCommandInIt() throws Exception {
    Map<String, Object> inputs = deblurring();
    inputs.put("image", open());
    String command = record(PosteriorDeblur.class, "Posterior Deblur", inputs);
    Path images = Files.createDirectory(folder.resolve("images of " + ODD));
    Files.copy(folder.resolve(ODD + ".tif"), images.resolve(ODD + ".tif"));
    String line =
        record(
            RestoreFolder.class,
            "Restore Folder",
            Map.of("input", images.toFile(), "output", output.toFile(), "command", command));
    float[] mean = written(ODD + ".tif/mean.tif");

    Path before = Files.move(output, folder.resolve("before"));
    assertNull(errorOf(line), line);
    assertArrayEquals(mean, written(ODD + ".tif/mean.tif"));
    String report = Files.readString(output.resolve("report.csv"));
    assertTrue(report.contains("the \"\"odd\"\" \\n [1] o'ne.tif"), report);
    assertTrue(Files.exists(before.resolve("report.csv")));
  }
}
