package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.PosteriorJ;
import io.github.posteriorj.imagej.host.ChildJvm;
import io.github.posteriorj.imagej.host.ChildJvm.Result;
import io.github.posteriorj.imagej.host.MacroSession;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.metric.PeakSignalToNoise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands in real macros, without a window, in an ImageJ of its own. */
class CommandsIT {

  /**
   * Saves the three results of an image under a prefix, and closes them; deblurs by moves that take
   * one gradient each.
   */
  private static final String KEEP =
      """
      function keep(title, prefix) {
        results = newArray("-samples", "-mean", "-variance");
        for (i = 0; i < results.length; i++) {
          selectImage(title + results[i]);
          print(prefix, getTitle(), getWidth(), getHeight(), nSlices, bitDepth());
          saveAs("Tiff", getArgument() + prefix + results[i] + ".tif");
          close();
        }
      }
      function deblur(options) {
        run("Posterior Deblur...",
            "samples=3 chains=2 warm_start_steps=3 burn_in=1 thinning=1 device=cpu"
                + " integrator=[Euler-Maruyama] preconditioning=none " + options);
      }
      """;

  private static final String MACRO =
      BadInput.CELLS
          + KEEP
          + """
          cells("cells", "32-bit", 32, 32);
          id = getImageID();
          setVoxelSize(0.25, 0.25, 1, "um");
          saveAs("Tiff", getArgument() + "input.tif");
          rename("cells");
          deblur("image=cells noise=5 seed=4"); keep("cells", "by-title");
          deblur("image=" + id + " noise=5 seed=4"); keep("cells", "by-number");
          selectImage(id);
          deblur("noise=5 seed=4"); keep("cells", "active");
          deblur("image=cells noise=5 seed=5"); keep("cells", "other-seed");
          deblur("image=cells seed=4"); keep("cells", "estimated");
          deblur("image=cells noise=5 intensity_low=50 intensity_high=250"); keep("cells", "range");
          deblur("image=cells noise=5 generation_steps=2"); keep("cells", "two-steps");
          deblur("image=cells noise=5 seed=4"); deblur("image=cells noise=5 seed=5");
          print("older is renamed:", isOpen("cells-samples-1"), isOpen("cells-mean-1"));
          keep("cells", "newer");
          cells("odd", "8-bit", 37, 41);
          deblur("image=odd noise=5"); keep("odd", "odd");
          cells("deep", "16-bit", 32, 32);
          deblur("image=deep noise=5"); keep("deep", "deep");
          run("Posterior Deblur...",
              "image=cells noise=5 samples=8 chains=2 warm_start_steps=3 burn_in=1 thinning=1"
                  + " device=cpu diagnostics=true");
          selectImage("cells-mean");
          rows = newArray("mean intensity", "log-likelihood", "|z|^2", "pixels, median",
              "pixels, worst");
          for (i = 0; i < rows.length; i++) {
            print("row:", rows[i], Property.get("R-hat, " + rows[i]),
                Property.get("ESS bulk, " + rows[i]), Property.get("ESS tail, " + rows[i]),
                Property.get("MCSE of the mean, " + rows[i]));
          }
          print(getMetadata("Info"));
          maps = newArray("-r-hat", "-ess", "-mcse");
          for (i = 0; i < 3; i++) {
            selectImage("cells" + maps[i]);
            print("map:", getTitle(), getWidth(), getHeight(), nSlices, bitDepth(), getValue("Mean"));
          }
          """;

  @TempDir private static Path home;
  private static Result result;

  @BeforeAll
  static void runMacro() throws Exception {
    // As in an installation of ImageJ.
    for (String folder : List.of("plugins", "macros", "models/microscopy-64", "out")) {
      Files.createDirectories(home.resolve(folder));
    }
    try (Stream<Path> files = Files.list(Path.of("models/microscopy-64"))) {
      for (Path file : files.toList()) {
        Files.copy(file, home.resolve("models/microscopy-64").resolve(file.getFileName()));
      }
    }
    PriorFolders.write(home.resolve("models/damaged"), 8, "return x");
    PriorFolders.writeCard(home.resolve("models/damaged"), 8, "ab".repeat(32));
    BadInput.writeNetworks(home.resolve("networks"));
    result = run(MACRO);
    assertEquals(0, result.status(), result::toString);
  }

  private static Result run(String macro) throws IOException, InterruptedException {
    Files.writeString(home.resolve("test.ijm"), macro);
    return ChildJvm.run(
        home,
        Map.of(),
        PosteriorJ.class.getName(),
        "--headless",
        "-macro",
        "test.ijm",
        home.resolve("out") + "/");
  }

  private static ImagePlus saved(String name) {
    return IJ.openImage(home.resolve("out").resolve(name + ".tif").toString());
  }

  private static float[] pixels(String name, int slice) {
    return (float[]) saved(name).getStack().getProcessor(slice).getPixels();
  }

  @ParameterizedTest
  @CsvSource({
    "by-title, cells, 32, 32",
    "by-number, cells, 32, 32",
    "active, cells, 32, 32",
    "newer, cells, 32, 32",
    "odd, odd, 37, 41",
    "deep, deep, 32, 32"
  })
  void resultsAreFoundByTitleRightAfterTheCommand(
      String prefix, String title, int width, int height) {
    String size = " " + width + " " + height + " ";
    for (String line :
        List.of("-samples" + size + "3 32", "-mean" + size + "1 32", "-variance" + size + "1 32")) {
      assertTrue(
          result.output().lines().toList().contains(prefix + " " + title + line), result::output);
    }
  }

  @Test
  void diagnosticsAreShownAsMapsAndStandInTheInfo() {
    List<String> lines = result.output().lines().toList();
    for (String map : List.of("-r-hat", "-ess", "-mcse")) {
      String start = "map: cells" + map + " 32 32 1 32 ";
      String line = lines.stream().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
      assertTrue(Double.parseDouble(line.substring(start.length())) > 0, line);
    }
    for (String row :
        List.of("mean intensity", "log-likelihood", "|z|^2", "pixels, median", "pixels, worst")) {
      String start = "row: " + row + " ";
      String line = lines.stream().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
      String[] numbers = line.substring(start.length()).split(" ");
      assertEquals(4, numbers.length, line);
      for (String number : numbers) {
        assertTrue(Double.parseDouble(number) > 0, line);
      }
    }
    // Two chains of four samples each, next to their starts: nobody may trust them.
    assertTrue(
        lines.stream().anyMatch(l -> l.startsWith("Warning: The chains do not agree yet")),
        result::output);
  }

  @ParameterizedTest
  @CsvSource({"by-title", "estimated", "range", "two-steps", "odd", "deep"})
  void meanAndVarianceAreThoseOfTheSamples(String prefix) {
    float[] mean = pixels(prefix + "-mean", 1);
    float[] variance = pixels(prefix + "-variance", 1);
    float[][] samples = new float[3][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = pixels(prefix + "-samples", i + 1);
    }
    double deviations = 0;
    for (int pixel = 0; pixel < mean.length; pixel++) {
      double sum = 0;
      for (float[] sample : samples) {
        sum += sample[pixel];
      }
      double squares = 0;
      for (float[] sample : samples) {
        squares += Math.pow(sample[pixel] - sum / samples.length, 2);
      }
      // Values of some hundreds, rounded to float32 in the model's range and again here: 1e-4.
      assertEquals(sum / samples.length, mean[pixel], 3e-4);
      double expected = squares / (samples.length - 1);
      assertEquals(expected, variance[pixel], 1e-3 * expected + 2e-3 * Math.sqrt(expected) + 1e-6);
      deviations += Math.sqrt(expected) / mean.length;
    }
    assertTrue(deviations > 0.1, "the samples hardly differ: " + deviations);
  }

  @Test
  void calibrationIsKept() {
    for (String suffix : List.of("-samples", "-mean", "-variance")) {
      Calibration calibration = saved("by-title" + suffix).getCalibration();
      assertEquals(0.25, calibration.pixelWidth, 1e-9);
      assertEquals("\u00b5m", calibration.getUnit());
    }
  }

  @Test
  void infoTellsHowToGetTheSameAgain() throws IOException {
    String card = Files.readString(Path.of("models/microscopy-64/rdf.yaml"));
    String hash = card.replaceAll("(?s).*consistency-model.pt, sha256: ([0-9a-f]{64}).*", "$1");
    for (String suffix : List.of("-samples", "-mean", "-variance")) {
      String info = saved("by-title" + suffix).getInfoProperty();
      for (String line :
          List.of(
              "Seed: 4",
              "Prior's SHA-256: " + hash,
              "Device: CPU",
              "Made by: PosteriorJ ",
              "Noise: Gaussian, standard deviation 5.0",
              "Noise was: given",
              "Forward operator: Gaussian blur, standard deviation 2.0 pixels",
              "Samples: 3",
              "Chains: 2")) {
        assertTrue(info.contains(line), info);
      }
    }
  }

  @Test
  void oneSeedGivesTheSamePixelsHoweverTheImageIsGiven() {
    for (int slice = 1; slice <= 3; slice++) {
      float[] expected = pixels("by-title-samples", slice);
      assertArrayEquals(expected, pixels("by-number-samples", slice));
      assertArrayEquals(expected, pixels("active-samples", slice));
      assertFalse(Arrays.equals(expected, pixels("other-seed-samples", slice)));
    }
    assertArrayEquals(pixels("other-seed-samples", 1), pixels("newer-samples", 1));
  }

  @Test
  void olderResultsAreRenamed() {
    assertTrue(result.output().contains("older is renamed: 1 1"), result::output);
  }

  @Test
  void noiseIsEstimatedWhenItIsNotGiven() {
    String info = saved("estimated-mean").getInfoProperty();
    assertTrue(info.contains("Noise was: estimated"), info);
    double noise =
        Double.parseDouble(
            info.replaceAll("(?s).*Noise: Gaussian, standard deviation ([0-9.]+)\n.*", "$1"));
    // Four standard errors of the estimate from 15 x 15 coefficients.
    assertEquals(5, noise, 4 * 5 * 1.167 / 15);
  }

  @Test
  void theGivenIntensityRangeIsUsed() {
    String info = saved("range-mean").getInfoProperty();
    assertTrue(info.contains("Intensity at the model's -1.0: 50.0"), info);
    assertTrue(info.contains("Intensity at the model's 0.3: 250.0"), info);
  }

  @Test
  void twoGenerationStepsGiveOtherImages() {
    assertTrue(saved("two-steps-mean").getInfoProperty().contains("Generation steps: 2"));
    assertFalse(Arrays.equals(pixels("two-steps-mean", 1), pixels("range-mean", 1)));
  }

  @Test
  void aMeasurementIsSimulatedPanelledAndJudged() throws Exception {
    Result other =
        run(
            BadInput.CELLS
                + KEEP
                + """
                cells("cells", "16-bit", 64, 64);
                run("Simulate Gaussian Blur...", "psf_sigma=2");
                saveAs("Tiff", getArgument() + "blurred.tif"); close();
                run("Simulate Gaussian Blur...", "image=cells psf_sigma=2 noise=6 seed=3");
                saveAs("Tiff", getArgument() + "noisy.tif"); close();
                run("Simulate Gaussian Blur...", "image=cells psf_sigma=2 noise=6 seed=3");
                saveAs("Tiff", getArgument() + "again.tif"); close();
                run("Simulate Gaussian Blur...", "image=cells psf_sigma=2 noise=6 seed=9");
                print(getTitle());
                saveAs("Tiff", getArgument() + "other.tif");
                rename("cells-measurement");
                deblur("image=cells-measurement noise=6");
                run("Posterior Panel...", "image=cells-measurement");
                wide = getWidth() > 600; high = getHeight() > 400;
                print(getTitle(), bitDepth(), wide, high);
                saveAs("PNG", getArgument() + "panel.png");
                run("Compare with Truth...", "image=cells-measurement truth=cells");
                print(nResults, getResultLabel(0), getResult("PSNR (dB)", 0));
                selectImage("cells"); saveAs("Tiff", getArgument() + "truth.tif");
                run("Sample Prior...", "samples=3 width=24 height=40 device=cpu");
                print(getTitle(), getWidth(), getHeight(), nSlices, bitDepth());
                """);
    assertEquals(0, other.status(), other::toString);
    List<String> lines = other.output().lines().toList();
    assertTrue(lines.contains("cells-measurement"), other::output);
    assertTrue(lines.contains("cells-measurement-panel 24 1 1"), other::output);
    assertTrue(lines.contains("microscopy-64-samples 24 40 3 32"), other::output);

    float[] blurred = pixels("blurred", 1);
    float[] noisy = pixels("noisy", 1);
    float[] truth = (float[]) saved("truth").getProcessor().convertToFloatProcessor().getPixels();
    assertEquals(average(truth), average(blurred), 1e-3); // float32
    double variance = 0;
    double bias = 0;
    for (int i = 0; i < noisy.length; i++) {
      bias += (noisy[i] - blurred[i]) / (double) noisy.length;
      variance += Math.pow(noisy[i] - blurred[i], 2) / noisy.length;
    }
    // Four standard errors of 4096 normal numbers.
    assertEquals(0, bias, 4 * 6 / 64.0);
    assertEquals(36, variance, 4 * 36 * Math.sqrt(2 / 4096.0));
    assertArrayEquals(noisy, pixels("again", 1));
    assertFalse(Arrays.equals(noisy, pixels("other", 1)));

    double expected = PeakSignalToNoise.of(pixels("other", 1), truth);
    String judged =
        lines.stream()
            .filter(line -> line.startsWith("1 cells-measurement "))
            .findFirst()
            .orElseThrow();
    assertEquals(expected, Double.parseDouble(judged.split(" ")[2]), 1e-3);
  }

  private static double average(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static List<BadInput> inputs() {
    return BadInput.all();
  }

  private static List<Arguments> refusals() throws Exception {
    List<BadInput> inputs = inputs();
    List<String> macros =
        inputs.stream()
            .map(input -> input.script("microscopy-64", "damaged", "networks") + "print('after');")
            .toList();
    List<Result> results = MacroSession.run(home, macros, "");
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> Arguments.of(inputs.get(i), results.get(i)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void badInputEndsTheMacroWithItsMessageAndStatus(BadInput input, Result refused) {
    assertEquals(1, refused.status(), refused::toString);
    assertTrue(refused.errors().contains(input.message()), refused::toString);
    assertEquals("", refused.output());
  }

  /** One that is refused before the command is run, and one that the command refuses. */
  @ParameterizedTest
  @ValueSource(strings = {"an unknown key", "a constant image"})
  void badInputEndsTheProcessWithItsMessageAndStatus(String name) throws Exception {
    BadInput input =
        inputs().stream().filter(bad -> bad.name().equals(name)).findFirst().orElseThrow();
    Result refused = run(input.script("microscopy-64", "damaged", "networks") + "print('after');");
    badInputEndsTheMacroWithItsMessageAndStatus(input, refused);
  }
}
