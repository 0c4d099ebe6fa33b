package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.PosteriorJ;
import io.github.posteriorj.imagej.host.ChildJvm;
import io.github.posteriorj.imagej.host.ChildJvm.Result;
import io.github.posteriorj.library.PriorFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The macros that come with the plugin, one for each restore command, on a small image. */
class MacrosIT {

  private static final Path MACROS = Path.of("macros/PosteriorJ");

  /** Macros that are tested elsewhere, or are no examples. */
  private static final List<String> OTHERS =
      List.of(
          "Benchmark",
          "Deblur_Example",
          "Deblur_Folder",
          "Example_Image",
          "Large_Field",
          "Parameter_Sweep",
          "PosteriorJ_Tools",
          "Restore_Folder",
          "Restore_Open_Images",
          "Selection",
          "Stack");

  private static final String FAST =
      "samples=2 chains=2 warm_start_steps=2 burn_in=0 thinning=1 integrator=[Euler-Maruyama]"
          + " preconditioning=none device=cpu ";

  /** What the macros print that evaluate the samples. */
  private static final Map<String, String> EVALUATED =
      Map.of(
          "Posterior_Maps",
          print("-coefficient-of-variation", "-median", "-interval-width-0.5"),
          "Posterior_Segmentation",
          print("-object-probability") + results(4),
          "Posterior_Components",
          print("-components"),
          "Posterior_Composite",
          print("-composite"),
          "Posterior_Movie",
          print("-movie"),
          "Measure_Posterior",
          results(2),
          "Compare_Images",
          "for (i = 0; i < 3; i++)"
              + " print('compared:', getResultLabel(i), !isNaN(getResult('NRMSE', i)));"
              + " run('Clear Results');");

  private static String print(String... suffixes) {
    return Stream.of(suffixes)
        .map(
            suffix ->
                "selectImage('truth-measurement%1$s'); getStatistics(area, mean);".formatted(suffix)
                    + " print('evaluated:', getTitle(), getWidth(), !isNaN(mean));")
        .collect(Collectors.joining());
  }

  private static String results(int rows) {
    return "for (i = 0; i < %1$d; i++) print('result:', getResultLabel(i), getResult('StdDev', i));"
            .formatted(rows)
        + "run('Clear Results');";
  }

  @TempDir private static Path folder;
  private static Result result;

  static List<String> examples() throws Exception {
    try (Stream<Path> files = Files.list(MACROS)) {
      return files
          .map(file -> file.getFileName().toString().replace(".ijm", ""))
          .filter(name -> !OTHERS.contains(name))
          .sorted()
          .toList();
    }
  }

  @BeforeAll
  static void runAll() throws Exception {
    Path colours =
        PriorFolders.writeColours(folder.resolve("colours"), 8, "return torch.div(x, 160.0)");
    StringBuilder script = new StringBuilder("setBatchMode(true);\n");
    for (String name : examples()) {
      boolean inColour = name.equals("Colorize");
      script.append(
          """
          open("test-images/cells.tif"); makeRectangle(48, 48, 32, 32); run("Crop");
          setVoxelSize(0.5, 0.5, 1, "um");
          %s
          runMacro("%s", "%s");
          print("%s", isOpen("truth-measurement-panel"));
          %s
          titles = newArray("measurement", "measurement-samples", "measurement-mean");
          for (i = 0; i < titles.length; i++) {
            selectImage("truth-" + titles[i]);
            saveAs("Tiff", getArgument() + "/%s-" + titles[i] + ".tif");
          }
          run("Close All");
          """
              .formatted(
                  inColour ? "run('8-bit'); run('RGB Color');" : "",
                  MACROS.resolve(name + ".ijm").toAbsolutePath(),
                  FAST + (inColour ? "trust=true prior=[" + colours + "]" : ""),
                  name,
                  EVALUATED.getOrDefault(name, ""),
                  name));
    }
    Path macro = Files.writeString(folder.resolve("all.ijm"), script);
    result =
        ChildJvm.run(
            Path.of("").toAbsolutePath(),
            Map.of(),
            PosteriorJ.class.getName(),
            "--headless",
            "-macro",
            macro.toString(),
            folder.toString());
    assertEquals(0, result.status(), result::toString);
  }

  /** A command of the menu Restore, with its name. */
  private static final Pattern RESTORING =
      Pattern.compile("label = \"Restore\"[^)]*\\),\\s*@Menu\\(label = \"([^\"]*)\"");

  @Test
  void everyRestoreCommandHasItsMacro() throws Exception {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/java/io/github/posteriorj/command/restore"))) {
      List<String> commands =
          files
              .map(MacrosIT::read)
              .map(RESTORING::matcher)
              .filter(Matcher::find)
              .map(found -> found.group(1))
              .sorted()
              .toList();
      String macros =
          Stream.concat(examples().stream(), Stream.of("Deblur_Example"))
              .map(name -> read(MACROS.resolve(name + ".ijm")))
              .collect(Collectors.joining());
      assertTrue(commands.size() >= 11, commands::toString);
      for (String command : commands) {
        assertTrue(macros.contains("run(\"" + command + "\""), command);
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itLeavesAPanelAndResults(String name) {
    assertTrue(result.output().lines().toList().contains(name + " 1"), result::output);
    ImagePlus samples = saved(name, "measurement-samples");
    ImagePlus mean = saved(name, "measurement-mean");
    assertEquals(32, samples.getBitDepth());
    assertEquals(2 * mean.getStackSize(), samples.getStackSize());
    assertEquals(32, mean.getWidth());
    assertEquals(32, mean.getHeight());
    for (int slice = 1; slice <= samples.getStackSize(); slice++) {
      for (float value : (float[]) samples.getStack().getProcessor(slice).getPixels()) {
        assertTrue(Float.isFinite(value));
      }
    }
  }

  @Test
  void samplesAreEvaluated() {
    List<String> lines = result.output().lines().toList();
    for (String suffix :
        List.of(
            "-coefficient-of-variation",
            "-median",
            "-interval-width-0.5",
            "-object-probability",
            "-components",
            "-movie")) {
      assertTrue(lines.contains("evaluated: truth-measurement" + suffix + " 32 1"), result::output);
    }
    // A key is beside the picture.
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("evaluated: truth-measurement-composite ")),
        result::output);
    for (String quantity :
        List.of("objects", "total area", "mean area of an object", "threshold", "middle", "edge")) {
      assertTrue(
          lines.stream()
              .anyMatch(line -> line.startsWith("result: truth-measurement: " + quantity)),
          result::output);
    }
  }

  @Test
  void imagesAreCompared() {
    List<String> lines = result.output().lines().toList();
    for (String label : List.of("mean", "samples: channel 1, slice 2, frame 1")) {
      assertTrue(
          lines.contains("compared: truth-measurement-%s 1".formatted(label)), result::output);
    }
  }

  @Test
  void pooledPixelsAreLargerAndRestoredOnesAsTheyWere() {
    ImagePlus pooled = saved("Super-Resolution", "measurement");
    assertEquals(8, pooled.getWidth());
    assertEquals(2, pooled.getCalibration().pixelWidth, 1e-9);
    assertEquals(
        0.5, saved("Super-Resolution", "measurement-mean").getCalibration().pixelWidth, 1e-9);
  }

  @Test
  void aFourierTransformHasNoPixelSize() {
    ImagePlus magnitude = saved("Phase_Retrieval", "measurement");
    assertEquals(48, magnitude.getWidth());
    assertEquals("pixel", magnitude.getCalibration().getUnit());
  }

  @Test
  void labelsAreWholeNumbers() {
    TreeSet<Float> labels = new TreeSet<>();
    for (float value :
        (float[]) saved("Network_Operator", "measurement").getProcessor().getPixels()) {
      labels.add(value);
    }
    assertEquals(new TreeSet<>(List.of(0f, 1f)), labels);
  }

  private static ImagePlus saved(String name, String title) {
    return IJ.openImage(folder.resolve(name + "-" + title + ".tif").toString());
  }
}
