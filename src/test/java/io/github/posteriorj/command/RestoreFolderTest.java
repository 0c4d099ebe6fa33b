package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.imagej.TiffFile;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder of images, good ones and others, restored by one command or job. */
class RestoreFolderTest extends HeadlessTest {

  private static final String ODD = "\u00f6d [1] \u7ec6.tif";

  @TempDir private Path folder;

  private Path prior;
  private Path input;
  private Path output;

  @BeforeEach
  void makeFolders() throws Exception {
    prior = PriorFolders.write(folder.resolve("prior"), 8, "return torch.div(x, 160.0)");
    input = Files.createDirectory(folder.resolve("in put"));
    output = folder.resolve("out");
  }

  private void save(String name, int slices) throws IOException {
    TiffFile.write(IJ.createImage(name, "32-bit ramp", 16, 16, slices), input.resolve(name));
  }

  private String options() {
    return "noise=0.05 psf_sigma=1.5 warm_start_steps=2 burn_in=1 samples=4 chains=2 device=cpu"
        + " prior=["
        + prior
        + "]";
  }

  private String run(String what) {
    return errorOf(
        "run('Restore Folder...', 'trust=true input=[%s] output=[%s] %s');"
            .formatted(input, output, what));
  }

  private String byCommand() {
    return "command=[Posterior Deblur... " + options() + "]";
  }

  private List<CSVRecord> report() throws IOException {
    try (CSVParser parser =
        CSVParser.parse(
            Files.newBufferedReader(output.resolve("report.csv")),
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      return parser.getRecords();
    }
  }

  private static final List<String> COLUMNS =
      List.of(
          "file",
          "plane",
          "status",
          "seconds",
          "noise",
          "misfit",
          "R-hat",
          "effective samples",
          "message");

  private List<String> statuses() throws IOException {
    return report().stream().map(row -> row.get("file") + ": " + row.get("status")).toList();
  }

  @Test
  void goodFilesAreRestoredAndOthersTold() throws Exception {
    save("a.tif", 2);
    Files.writeString(input.resolve("b.tif"), "no image");
    Files.write(input.resolve("c.tif"), new byte[] {'I', 'I', '*', 0, 1, 2, 3});
    TiffFile.write(IJ.createImage("flat", "8-bit white", 16, 16, 1), input.resolve("d.tif"));
    save(ODD, 1);
    Files.writeString(input.resolve("notes.txt"), "left out");
    Files.writeString(input.resolve("._a.tif"), "left out");

    String error = run(byCommand());
    assertTrue(error.startsWith("3 image(s) could not be restored:"), error);
    assertTrue(error.contains("\"d.tif\" is constant"), error);
    assertEquals(
        List.of(
            "a.tif: restored",
            "a.tif: restored",
            "b.tif: failed",
            "c.tif: failed",
            "d.tif: failed",
            ODD + ": restored"),
        statuses());
    CSVRecord row = report().get(1);
    assertEquals(COLUMNS, row.getParser().getHeaderNames());
    assertEquals("c1_z002_t001", row.get("plane"));
    assertTrue(Double.parseDouble(row.get("seconds")) > 0);
    assertTrue(Double.parseDouble(row.get("misfit")) > 0);
    assertTrue(row.get("noise").contains("0.05"), row.get("noise"));
    for (int failed : new int[] {2, 3}) {
      String message = report().get(failed).get("message");
      assertTrue(message.startsWith("ImageJ cannot read " + input), message);
    }
    ImagePlus mean = TiffFile.read(output.resolve("a.tif").resolve("mean.tif"));
    assertEquals(2, mean.getNSlices());

    for (String name : List.of("b.tif", "c.tif", "d.tif")) {
      Files.delete(input.resolve(name));
    }
    assertNull(run(byCommand()));
    assertEquals(
        List.of("a.tif: done before", "a.tif: done before", ODD + ": done before"), statuses());
    assertEquals(List.of(), openTitles());
  }

  @Test
  void whatWasDoneBeforeItWasCancelledIsKeptAndNotDoneAgain() throws Exception {
    save("a.tif", 1);
    save("b.tif", 1);
    try (StatusWatch watch =
        StatusWatch.on(context(), "File 2 of 2", task -> task.cancel("The user is tired."))) {
      run(byCommand());
      assertTrue(watch.messages().toString().contains("File 2 of 2"));
    }
    assertEquals(List.of("a.tif: restored"), statuses());
    assertNull(run(byCommand()));
    assertEquals(List.of("a.tif: done before", "b.tif: restored"), statuses());
  }

  @Test
  void aJobFileDoesTheSame() throws Exception {
    save("a.tif", 1);
    assertNull(run(byCommand()));
    Path job = output.resolve("a.tif").resolve("job.yaml");
    float[] before = pixels();
    output = folder.resolve("again");
    assertNull(run("job=[" + job + "]"));
    assertArrayEquals(before, pixels());
  }

  private float[] pixels() throws IOException {
    return (float[])
        TiffFile.read(output.resolve("a.tif").resolve("samples.tif"))
            .getStack()
            .getProcessor(4)
            .getPixels();
  }

  @Test
  void aRecordedLineWillDo() throws Exception {
    save("a.tif", 1);
    String line = "run(\"Posterior Deblur...\", \"image=cells " + options() + "\");";
    assertNull(run("command=[" + line + "]"));
    assertEquals(List.of("a.tif: restored"), statuses());
  }

  private void assertRefused(String what, String message) {
    String error = run(what);
    assertTrue(error != null && error.contains(message), error);
  }

  @Test
  void whatCannotBeDoneIsRefusedBeforeAnythingIsDone() throws Exception {
    assertRefused(byCommand(), "There are no images in " + input);
    save("a.tif", 1);
    assertRefused("filter=*.png " + byCommand(), "no file whose name fits \"*.png\"");
    assertRefused("", "Give either a recorded command");
    assertRefused("command=[sharpen it]", "\"sharpen it\" is no recorded command");
    assertRefused(
        "command=[Gaussian Blur... sigma=2]", "\"Gaussian Blur...\" is no restore command");
    assertRefused("command=[Posterior Deblur... psf_sgima=2]", "Did you mean \"psf_sigma\"?");
    assertRefused("job=[" + folder.resolve("none.yaml") + "]", "There is no file or folder");
    output = input;
    assertRefused(byCommand(), "Choose another folder for the results");
    output = Files.writeString(folder.resolve("file"), "in the way");
    assertRefused(byCommand(), output + " cannot be written to: it is a file.");
    output = folder.resolve("out");
    input = folder.resolve("missing");
    assertRefused(byCommand(), "There is no folder " + input);
    input = Path.of("");
    assertRefused(byCommand(), "Give the folder of the images in input=[...].");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderOfTheSystemIsRefused() throws Exception {
    save("a.tif", 1);
    for (String unwritable : List.of("/proc/posteriorj", "/proc")) {
      output = Path.of(unwritable);
      assertRefused(byCommand(), "The folder " + unwritable + " cannot be written to: ");
    }
  }
}
