package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;
import io.github.posteriorj.imagej.OutputFolder;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.TiffFile;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The folder that results are written to as each plane is finished. */
class OutputTest extends HeadlessTest {

  @TempDir private Path folder;

  private Path prior;
  private Path output;

  @BeforeEach
  void writePrior() throws Exception {
    prior = PriorFolders.write(folder.resolve("prior"), 8, "return torch.div(x, 160.0)");
    output = folder.resolve("r\u00e9sultats d'\u00e9tude [1] \u7ec6\u80de");
    Interpreter.batchMode = true;
    IJ.createImage("cells", "32-bit ramp", 16, 16, 2).show();
  }

  private String run(String options) {
    return errorOf(
        ("run('Posterior Deblur...', \"image=cells noise=0.05 warm_start_steps=2 burn_in=1"
                + " device=cpu trust=true prior=[%s] samples=4 chains=2 psf_sigma=1.5 output=[%s]"
                + " %s\");")
            .formatted(prior, output, options));
  }

  private ImagePlus written(String file) throws IOException {
    return TiffFile.read(output.resolve(file));
  }

  @Test
  void eachPlaneAndAllOfThemAreInTheFolder() throws Exception {
    assertNull(run(""));
    ImagePlus mean = ResultImages.find("cells-mean");
    assertEquals(2, written("mean.tif").getNSlices());
    assertArrayEquals(
        (float[]) mean.getStack().getPixels(2),
        (float[]) written("planes/c1_z002_t001/mean.tif").getProcessor().getPixels());
    ImagePlus samples = written("planes/c1_z002_t001/samples.tif");
    assertEquals(4, samples.getStackSize());
    assertTrue(samples.getInfoProperty().contains("slices: '2'"), samples.getInfoProperty());
    // They lie in files, not in memory.
    assertNull(ResultImages.find("cells-samples"));
    assertTrue(Files.readString(output.resolve("job.yaml")).contains("psf_sigma: 1.5"));
  }

  @Test
  void whereNoAxisIsFreeSamplesAreInFiles() throws Exception {
    ResultImages.find("cells").setTitle("before");
    ImagePlus cells = IJ.createImage("cells", "32-bit ramp", 16, 16, 4);
    cells.setDimensions(1, 2, 2);
    cells.show();
    String log = logOf(() -> assertNull(run("")));
    assertTrue(log.contains("cells: The samples of each plane are in " + output + "."), log);
    assertNull(ResultImages.find("cells-samples"));
    assertEquals(4, written("planes/c1_z002_t002/samples.tif").getStackSize());
    assertEquals(2, written("mean.tif").getNSlices());
    assertEquals(2, written("mean.tif").getNFrames());
  }

  @Test
  void whatIsThereIsNotDoneAgain() throws Exception {
    assertNull(run(""));
    Path file = output.resolve("planes/c1_z001_t001/mean.tif");
    ImagePlus changed = TiffFile.read(file);
    changed.getProcessor().setf(0, 0, 4711);
    TiffFile.write(changed, file);
    ResultImages.find("cells-mean").setTitle("old");
    assertNull(run(""));
    ImagePlus mean = ResultImages.find("cells-mean");
    assertEquals(4711, mean.getStack().getProcessor(1).getf(0, 0));
    assertEquals(
        ResultImages.find("old").getProcessor().getLut().min, mean.getProcessor().getLut().min);
    int white = ResultImages.find("cells-variance").getProcessor().getLut().getRGB(255);
    assertTrue((white & 0xff) < 0xff, "the colours of a variance: " + white);
  }

  /** Reports of earlier versions do not tell samples and chains. */
  @Test
  void aFolderWhoseReportsDoNotTellTheSamplesIsGoneOnWith() throws Exception {
    assertNull(run(""));
    assertTrue(infoOfMean().contains("\nSamples: 4\nChains: 2\n"), infoOfMean());
    Path report = output.resolve("planes/c1_z001_t001/report.yaml");
    String written = Files.readString(report);
    String untold = written.replaceAll("\n *(samples|chains): \\d+(?=\n)", "");
    assertEquals(written.lines().count() - 2, untold.lines().count(), written);
    Files.writeString(report, untold);
    assertNull(run(""));
    assertFalse(infoOfMean().contains("\nSamples: "), infoOfMean());
    assertFalse(infoOfMean().contains("\nChains: "), infoOfMean());
  }

  private static String infoOfMean() {
    return ResultImages.find("cells-mean").getInfoProperty();
  }

  @Test
  void anotherJobIsRefusedByWhatDiffers() {
    assertNull(run(""));
    String another = "holds the results of another job (job.yaml). What differs: ";
    String error = run("seed=2");
    assertTrue(error.contains(another + "seed was 1 and is 2. Choose"), error);
    error = run("seed=2 outliers=hide maps=[median, R-hat]");
    assertTrue(
        error.contains(
            another
                + "outliers was keep and is hide; seed was 1 and is 2; maps[0].map was not given"
                + " and is median; and 1 more. Choose"),
        error);
    ResultImages.find("cells").getProcessor().setf(3, 3, 7);
    error = run("");
    assertTrue(error.contains(another + "measurement.sha256 is another one. Choose"), error);
  }

  @Test
  void aJobThatCannotBeReadIsRefusedWithAdvice() throws Exception {
    assertNull(run(""));
    Files.writeString(output.resolve("job.yaml"), "seed: [1");
    String error = run("");
    assertTrue(error.contains("job.yaml is no valid YAML"), error);
    assertTrue(error.contains("Choose another folder in output=[...], or delete this one."), error);
  }

  @Test
  void anotherPriorIsRefused() throws Exception {
    assertNull(run(""));
    delete(output.resolve("planes/c1_z002_t001"));
    PriorFolders.write(prior, 8, "return torch.div(x, 170.0)");
    String error = run("");
    assertTrue(error.contains("is another one than the job asks for"), error);
  }

  private static void delete(Path plane) throws IOException {
    try (var files = Files.list(plane)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(plane);
  }

  @Test
  void aFolderThatCannotBeWrittenToIsRefused() throws Exception {
    Files.writeString(output, "a file");
    String error = run("");
    assertTrue(error.contains("cannot be written to: it is a file."), error);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderOfTheSystemIsRefused() {
    for (String unwritable : List.of("/proc/posteriorj/cells", "/proc/posteriorj", "/proc")) {
      output = Path.of(unwritable);
      String error = run("");
      String reason = " cannot be written to: there is no permission for /proc. Choose";
      assertTrue(error.startsWith("The folder " + unwritable + reason), error);
    }
  }

  @Test
  void aFolderWithoutPermissionIsRefusedByItsName() throws Exception {
    Files.createDirectories(output);
    assumeTrue(output.toFile().setWritable(false) && !Files.isWritable(output));
    String error = run("");
    assertTrue(error.contains("cannot be written to: there is no permission for " + output + "."));
  }

  @Test
  void linksToFoldersAreFolders() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/planes"));
    Path linked = Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(output, linked);
    Files.createSymbolicLink(linked.resolve("planes"), elsewhere);
    assertNull(run(""));
    assertTrue(Files.exists(linked.resolve("mean.tif")));
    assertTrue(Files.exists(elsewhere.resolve("c1_z002_t001/mean.tif")));
  }

  @Test
  void aLinkToNothingIsRefused() throws Exception {
    Files.createSymbolicLink(output, folder.resolve("nothing"));
    String error = run("");
    assertTrue(error.contains("cannot be written to: it is a link to nothing."), error);
  }

  @Test
  void whatAKilledRunTriedTheFolderWithIsTakenAway() throws Exception {
    Files.createDirectories(output);
    Path probe = Files.createFile(output.resolve(".probe.part"));
    OutputFolder.create(output);
    assertFalse(Files.exists(probe));
  }

  @Test
  void aPlaneThatCannotBeWrittenLeavesThoseThatWere() throws Exception {
    Files.createDirectories(output.resolve("planes"));
    Path inTheWay = Files.writeString(output.resolve("planes/c1_z002_t001"), "a file");
    String error = run("");
    assertTrue(error.contains(inTheWay.toString()), error);
    assertTrue(Files.exists(output.resolve("planes/c1_z001_t001/samples.tif")));
    ImagePlus mean = ResultImages.find("cells-mean-unfinished");
    assertTrue(Float.isFinite(mean.getStack().getProcessor(1).getf(0, 0)));
    assertTrue(Float.isNaN(mean.getStack().getProcessor(2).getf(0, 0)));
    ResultImages.find("cells-mean-unfinished").setTitle("old");
    Files.delete(inTheWay);
    assertNull(run(""));
    assertEquals(2, written("mean.tif").getNSlices());
  }

  @Test
  void aDiskThatIsFullInTheEndLeavesThePlanes() throws Exception {
    Files.createDirectories(output);
    Files.createSymbolicLink(output.resolve(".mean.part"), Path.of("/dev/full"));
    String error = run("");
    assertTrue(error.endsWith("cannot be written: No space left on device"), error);
    assertTrue(Files.exists(output.resolve("planes/c1_z002_t001/mean.tif")));
    assertEquals(2, ResultImages.find("cells-mean").getNSlices());
  }

  @Test
  void aFullDiskIsTold() {
    ImagePlus image = IJ.createImage("cells", "32-bit ramp", 64, 64, 40);
    Path full = Path.of("/dev/full");
    String message =
        assertThrows(IOException.class, () -> TiffFile.write(image, full)).getMessage();
    assertEquals("/dev/full cannot be written: No space left on device", message);
  }
}
