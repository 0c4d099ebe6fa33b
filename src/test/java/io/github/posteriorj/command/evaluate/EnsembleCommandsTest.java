package io.github.posteriorj.command.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.process.AutoThresholder;
import ij.process.FloatProcessor;
import ij.process.ImageConverter;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.metric.CredibleInterval;
import io.github.posteriorj.metric.SampleQuantile;
import io.github.posteriorj.tensor.RandomStream;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on stacks of samples, in macros, with files written and read again. */
class EnsembleCommandsTest extends HeadlessTest {

  private static final int WIDTH = 12;
  private static final int HEIGHT = 10;
  private static final int SAMPLES = 40;

  @TempDir private Path folder;

  @BeforeEach
  void clearResults() {
    Interpreter.batchMode = true;
    ResultsTable.getResultsTable().reset();
  }

  /** Pixels of a sample. */
  @FunctionalInterface
  private interface Sampled {
    float[] pixels(int channel, int other, int sample);
  }

  /** An open hyperstack of samples; a pixel is half a micrometre wide. */
  private static ImagePlus open(
      String title, int channels, int others, boolean alongSlices, Sampled sampled) {
    ImageStack stack = new ImageStack(WIDTH, HEIGHT);
    int outer = alongSlices ? others : SAMPLES;
    int inner = alongSlices ? SAMPLES : others;
    for (int t = 0; t < outer; t++) {
      for (int z = 0; z < inner; z++) {
        for (int channel = 0; channel < channels; channel++) {
          float[] pixels = sampled.pixels(channel, alongSlices ? t : z, alongSlices ? z : t);
          stack.addSlice(new FloatProcessor(WIDTH, HEIGHT, pixels));
        }
      }
    }
    ImagePlus image = new ImagePlus(title, stack);
    image.setDimensions(channels, inner, outer);
    image.getCalibration().pixelWidth = 0.5;
    image.getCalibration().pixelHeight = 0.5;
    image.getCalibration().setUnit("um");
    image.show();
    return image;
  }

  /** Noise around 100 times the channel and the other axis' place, from a stream of its own. */
  private static float[] noisy(int channel, int other, int sample) {
    float[] pixels = RandomStream.of(9, sample).gaussian(WIDTH * HEIGHT);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 100 * (channel + 1) + 10 * other + pixels[i] + sample / 8f;
    }
    return pixels;
  }

  private static double[] values(int channel, int other, int pixel) {
    return IntStream.range(0, SAMPLES)
        .mapToDouble(sample -> noisy(channel, other, sample)[pixel])
        .toArray();
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** An open image, written to a file and read again. */
  private ImagePlus kept(String title) {
    ImagePlus image = ResultImages.find(title);
    assertNotNull(image, () -> title + " of " + openTitles());
    String file = folder.resolve(title + ".tif").toString();
    assertTrue(IJ.saveAsTiff(image, file));
    image.setTitle(title);
    return IJ.openImage(file);
  }

  private static float[] pixels(ImagePlus image, int slice) {
    return (float[]) image.getStack().getPixels(slice);
  }

  private static void run(String command, String options) {
    assertNull(errorOf("run('" + command + "...', '" + options + "');"));
  }

  private static String refusal(String command, String options) {
    return String.valueOf(errorOf("run('" + command + "...', '" + options + "');"));
  }

  @Test
  void mapsOfAStackAreThoseOfItsSlices() {
    open("cells-samples", 1, 1, true, EnsembleCommandsTest::noisy);
    run("Posterior Maps", "maps=[quantile 0.1, above 102, R-hat] chains=2");
    ImagePlus quantile = kept("cells-quantile-0.1");
    ImagePlus above = kept("cells-above-102");
    assertEquals(1, quantile.getStackSize());
    assertEquals(0.5, quantile.getCalibration().pixelWidth, 1e-9);
    for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      double[] values = values(0, 0, pixel);
      assertEquals(SampleQuantile.of(sorted(values), 0.1), pixels(quantile, 1)[pixel], 1e-4);
      double share = Arrays.stream(values).filter(v -> v > 102).count() / (double) SAMPLES;
      assertEquals(share, pixels(above, 1)[pixel], 1e-6);
    }
    // All samples drift, by 2.5 from half to half, with a variance of 1 + 2.5^2 / 12 within: the
    // half chains' means have the variance 2.5^2 / 3, and R-hat is sqrt(1 + 2.1 / 1.5) = 1.5.
    assertEquals(1.5, kept("cells-r-hat").getStatistics().mean, 0.2);
    assertTrue(quantile.getInfoProperty().contains("Samples of: cells-samples\n"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mapsOfAHyperstackHaveTheOtherAxes(boolean alongSlices) {
    ImagePlus image = open("deep-samples", 2, 3, alongSlices, EnsembleCommandsTest::noisy);
    image.setProperty("Info", "Made by: hand\nSamples: 40\nChains: 4\n");
    run("Posterior Maps", "image=deep-samples maps=median");
    ImagePlus median = kept("deep-median");
    assertArrayEquals(
        new int[] {WIDTH, HEIGHT, 2, alongSlices ? 1 : 3, alongSlices ? 3 : 1},
        median.getDimensions());
    for (int channel = 0; channel < 2; channel++) {
      for (int other = 0; other < 3; other++) {
        assertEquals(
            SampleQuantile.of(sorted(values(channel, other, 17)), 0.5),
            pixels(median, 2 * other + channel + 1)[17],
            1e-4);
      }
    }
  }

  @Test
  void aVirtualStackIsReadFromItsFile() {
    ImagePlus image = open("cells-samples", 1, 1, true, EnsembleCommandsTest::noisy);
    String file = folder.resolve("on disk-samples.tif").toString();
    IJ.saveAsTiff(image, file);
    image.close();
    ImagePlus virtual = IJ.openVirtual(file);
    assertTrue(virtual.getStack().isVirtual());
    virtual.show();
    run("Posterior Maps", "maps=median");
    double expected = SampleQuantile.of(sorted(values(0, 0, 5)), 0.5);
    assertEquals(expected, pixels(ResultImages.find("on disk-median"), 1)[5], 1e-4);
  }

  @Test
  void whichAxisTheSamplesLieAlongIsAskedForWhereNothingTells() {
    open("deep-samples", 1, 3, false, EnsembleCommandsTest::noisy);
    String message = refusal("Posterior Maps", "");
    assertTrue(
        message.contains("has 3 slices and 40 frames. Say which of them are samples"), message);
    run("Posterior Maps", "image=deep-samples maps=median sample_axis=slices");
    assertEquals(SAMPLES, ResultImages.find("deep-median").getNFrames());
  }

  @Test
  void aSingleImageIsNoStackOfSamples() {
    IJ.createImage("cells", "32-bit ramp", 16, 16, 1).show();
    String message = refusal("Posterior Maps", "image=cells");
    assertTrue(message.contains("\"cells\" has 1 sample(s) along its slices"), message);
    IJ.createImage("colours", "RGB ramp", 16, 16, 3).show();
    message = refusal("Posterior Components", "image=colours");
    assertTrue(message.contains("\"colours\" is an RGB image"), message);
  }

  /** Two squares of 3 x 3 pixels in all samples, one of 2 x 2 at the border in every fourth. */
  private static float[] squares(int channel, int other, int sample) {
    float[] pixels = new float[WIDTH * HEIGHT];
    fill(pixels, 1, 1, 3);
    fill(pixels, 6, 1, 3);
    if (sample % 4 == 0) {
      fill(pixels, WIDTH - 2, HEIGHT - 2, 2);
    }
    return pixels;
  }

  private static void fill(float[] pixels, int left, int top, int side) {
    for (int y = top; y < top + side; y++) {
      Arrays.fill(pixels, y * WIDTH + left, y * WIDTH + left + side, 50);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"method=Otsu", "method=fixed threshold=30"})
  void objectsAreCountedInEverySample(String method) {
    open("cells-samples", 1, 1, true, EnsembleCommandsTest::squares);
    run("Posterior Segmentation", method);
    float[] probability = pixels(kept("cells-object-probability"), 1);
    assertEquals(1, probability[WIDTH + 1], 1e-6);
    assertEquals(0, probability[0], 0);
    assertEquals(0.25, probability[WIDTH * HEIGHT - 1], 1e-6);
    ResultsTable table = ResultsTable.getResultsTable();
    assertEquals("cells: objects", table.getLabel(0));
    assertEquals(2.25, table.getValue("Mean", 0), 1e-9);
    assertEquals(2, table.getValue("2.5 %", 0), 0);
    assertEquals(3, table.getValue("97.5 %", 0), 0);
    // A quarter of a square micrometre a pixel.
    assertEquals((18 + 1) / 4.0, table.getValue("Mean", 1), 1e-9);
    assertEquals(0.25 * (0.75 * 9 + 0.25 * 22 / 3.0), table.getValue("Mean", 2), 1e-9);
  }

  @Test
  void everyMethodOfImageJFindsAThreshold() {
    open("cells-samples", 1, 1, true, EnsembleCommandsTest::squares);
    for (String method : AutoThresholder.getMethods()) {
      run("Posterior Segmentation", "image=cells-samples method=" + method);
    }
    ResultsTable table = ResultsTable.getResultsTable();
    assertEquals(4 * AutoThresholder.getMethods().length, table.size());
  }

  @Test
  void smallObjectsAndThoseAtTheBorderCanBeLeftOut() {
    open("cells-samples", 1, 1, true, EnsembleCommandsTest::squares);
    run("Posterior Segmentation", "smallest=5");
    run("Posterior Segmentation", "image=cells-samples at_border=false");
    ResultsTable table = ResultsTable.getResultsTable();
    assertEquals(2, table.getValue("Mean", 0), 0);
    assertEquals(2, table.getValue("Mean", 4), 0);
  }

  @Test
  void aThresholdWithoutEffectIsRefused() {
    open("cells-samples", 1, 1, true, EnsembleCommandsTest::squares);
    String message = refusal("Posterior Segmentation", "threshold=3");
    assertTrue(message.contains("has no effect with method=Otsu"), message);
  }

  /** Waves across and down, with weights that are uncorrelated over the samples. */
  private static float[] waves(int channel, int other, int sample) {
    double turn = 2 * Math.PI * sample / SAMPLES;
    float[] pixels = new float[WIDTH * HEIGHT];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (100 + 8 * Math.cos(turn) * across(i) + 2 * Math.sin(turn) * down(i));
    }
    return pixels;
  }

  private static double across(int pixel) {
    return pixel % WIDTH % 2 == 0 ? 1.5 : -0.5;
  }

  private static double down(int pixel) {
    return pixel / WIDTH % 2 == 0 ? 1 : -1;
  }

  @Test
  void componentsAreTheDirectionsThatSamplesVaryIn() {
    open("cells-samples", 1, 1, true, EnsembleCommandsTest::waves);
    run("Posterior Components", "components=2 component_slices=5");
    ImagePlus components = kept("cells-components");
    assertArrayEquals(new int[] {WIDTH, HEIGHT, 1, 5, 2}, components.getDimensions());
    // Means of the squares of cosine and sine: 1/2; of the waves: 1.25 and 1.
    double first = 64 * 1.25;
    double share = first / (first + 4);
    String label = components.getStack().getSliceLabel(5);
    assertEquals("component 1 (%.1f %% of the variance), +2.00 sd".formatted(100 * share), label);
    double deviation = Math.sqrt(0.5 * SAMPLES / (SAMPLES - 1.0));
    for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      double brighter = 100 + 2 * 8 * deviation * across(pixel);
      assertEquals(brighter, pixels(components, 5)[pixel], 1e-3);
      assertEquals(100 - 8 * deviation * across(pixel), pixels(components, 2)[pixel], 1e-3);
      assertEquals(100, pixels(components, 3)[pixel], 1e-3);
    }
    // The second one's sum is nothing but rounding, so that its sign is anyone's choice.
    assertEquals(2 * 2 * deviation, Math.abs(pixels(components, 10)[0] - 100), 1e-3);
  }

  @Test
  void aMovieLeadsThroughTheSamplesOfThePlaneThatIsShown() {
    ImagePlus samples = open("cells-samples", 2, 1, true, EnsembleCommandsTest::noisy);
    samples.setPosition(2, 1, 1);
    samples.setDisplayRange(190, 215);
    run("Posterior Movie", "through=5 frames_each=4");
    ImagePlus movie = kept("cells-movie");
    assertEquals(5 * 4, movie.getNFrames());
    assertEquals(8, movie.getBitDepth());
    for (int sample = 0; sample < 5; sample++) {
      byte[] frame = (byte[]) movie.getStack().getPixels(4 * sample + 1);
      float[] expected = noisy(1, 0, sample);
      for (int pixel = 0; pixel < frame.length; pixel++) {
        double gray = Math.max(0, Math.min(255, (expected[pixel] - 190) / 25 * 255));
        assertEquals(gray, frame[pixel] & 0xff, 1);
      }
    }
  }

  /** An open stack whose planes have one value each, but for the first row, which is 0. */
  private static ImagePlus show(String title, int channels, float... values) {
    ImageStack stack = new ImageStack(WIDTH, HEIGHT);
    for (float value : values) {
      float[] pixels = new float[WIDTH * HEIGHT];
      Arrays.fill(pixels, WIDTH, pixels.length, value);
      stack.addSlice(new FloatProcessor(WIDTH, HEIGHT, pixels));
    }
    ImagePlus image = new ImagePlus(title, stack);
    image.setDimensions(channels, stack.getSize() / channels, 1);
    image.setDisplayRange(0, 10);
    image.show();
    return image;
  }

  @Test
  void theCompositeIsAsBrightAsTheMeanAndOrangeWhereItIsUnsure() {
    show("cells", 1, 7);
    show("cells-mean", 1, 10);
    ImagePlus variance = show("cells-variance", 1, 0);
    variance.getProcessor().setf(WIDTH, 4);
    variance.getProcessor().setf(1, 4);
    variance.getProcessor().setf(WIDTH + 1, 1);
    run("Posterior Composite", "image=cells colour_key=false");
    ImagePlus composite = kept("cells-composite");
    assertEquals(24, composite.getBitDepth());
    // 99.5 % of 120 deviations lie at or below the second highest, 2.
    assertArrayEquals(new int[] {255, 255, 255, 0}, composite.getPixel(5, 5));
    assertArrayEquals(new int[] {255, 110, 0, 0}, composite.getPixel(0, 1));
    assertArrayEquals(new int[] {255, 183, 128, 0}, composite.getPixel(1, 1));
    assertArrayEquals(new int[] {31, 31, 31, 0}, composite.getPixel(0, 0));
    assertArrayEquals(new int[] {31, 13, 0, 0}, composite.getPixel(1, 0));
    run("Posterior Composite", "image=cells");
    ImagePlus withKey = ResultImages.find("cells-composite");
    assertTrue(withKey.getWidth() > 200 + 60, "" + withKey.getWidth());
  }

  @Test
  void panelsAndCompositesOfStacksAreOfThePlaneThatIsShown() {
    ImagePlus stack = show("stack", 2, 3, 7);
    show("stack-samples", 2, 2, 6, 4, 8);
    show("stack-mean", 2, 3, 7);
    show("stack-variance", 2, 1, 2);
    show("plane", 1, 7);
    show("plane-samples", 1, 6, 8);
    show("plane-mean", 1, 7);
    show("plane-variance", 1, 2);
    stack.setPosition(2, 1, 1);
    for (String command : new String[] {"Posterior Panel", "Posterior Composite"}) {
      run(command, "image=stack");
      run(command, "image=plane");
    }
    for (String suffix : new String[] {"-panel", "-composite"}) {
      assertArrayEquals(
          (int[]) ResultImages.find("plane" + suffix).getProcessor().getPixels(),
          (int[]) ResultImages.find("stack" + suffix).getProcessor().getPixels());
    }
  }

  @Test
  void aPanelOfIndexedColoursIsRefused() {
    ImagePlus colours = IJ.createImage("cells", "RGB ramp", WIDTH, HEIGHT, 1);
    colours.getProcessor().setColor(Color.RED);
    colours.getProcessor().fillRect(0, 0, 4, 4);
    new ImageConverter(colours).convertRGBtoIndexedColor(64);
    colours.show();
    show("cells-samples", 1, 6, 8);
    show("cells-mean", 1, 7);
    show("cells-variance", 1, 2);
    String message = refusal("Posterior Panel", "image=cells");
    assertTrue(message.contains("\"cells\" has indexed colours. Use Image > Type > "), message);
  }

  @Test
  void resultsOfOtherPlanesDoNotBelongToAMeasurement() {
    show("stack", 2, 3, 7);
    show("stack-mean", 1, 3);
    show("stack-variance", 1, 3);
    String message = refusal("Posterior Composite", "image=stack");
    assertTrue(message.contains("\"stack-mean\" has other planes than \"stack\""), message);
  }

  private Path regions() throws IOException {
    Path file = folder.resolve("my regions.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : new String[] {"left", "right"}) {
        zip.putNextEntry(new ZipEntry(name + ".roi"));
        Roi roi = new Roi(name.equals("left") ? 0 : 8, 2, 3, 4);
        zip.write(RoiEncoder.saveAsByteArray(roi));
        zip.closeEntry();
      }
    }
    return file;
  }

  /** Of one region in all samples. */
  private static double[] means(int channel, int left) {
    return IntStream.range(0, SAMPLES)
        .mapToDouble(
            sample -> {
              float[] pixels = noisy(channel, 0, sample);
              return IntStream.range(0, 12)
                  .mapToDouble(i -> pixels[(2 + i / 3) * WIDTH + left + i % 3])
                  .average()
                  .orElseThrow();
            })
        .toArray();
  }

  @Test
  void regionsAreMeasuredInEverySample() throws IOException {
    open("cells-samples", 2, 1, true, EnsembleCommandsTest::noisy);
    run(
        "Measure Posterior",
        "rois=[" + regions() + "] numerator_channel=2 denominator_channel=1 interval_level=0.9");
    ResultsTable table = ResultsTable.getResultsTable();
    assertEquals(4, table.size());
    double[] below = means(0, 8);
    double[] above = means(1, 8);
    assertEquals("cells: right", table.getLabel(3));
    assertEquals("channel 2", table.getStringValue("Plane", 3));
    assertEquals(3, table.getValue("Area", 3), 1e-9);
    assertColumns(table, "", above, mean -> mean);
    assertColumns(table, "IntDen ", above, mean -> 3 * mean);
    double[] ratio = IntStream.range(0, SAMPLES).mapToDouble(i -> above[i] / below[i]).toArray();
    assertColumns(table, "Ratio ", ratio, value -> value);
  }

  private static void assertColumns(
      ResultsTable table, String prefix, double[] values, DoubleUnaryOperator of) {
    double[] expected = Arrays.stream(values).map(of).sorted().toArray();
    double mean = Arrays.stream(expected).average().orElseThrow();
    double squares = Arrays.stream(expected).map(v -> (v - mean) * (v - mean)).sum();
    CredibleInterval interval = CredibleInterval.central(expected, 0.9);
    assertEquals(mean, table.getValue(prefix + "Mean", 3), 1e-9);
    assertEquals(Math.sqrt(squares / (SAMPLES - 1)), table.getValue(prefix + "StdDev", 3), 1e-9);
    assertEquals(interval.low(), table.getValue(prefix + "5 %", 3), 1e-9);
    assertEquals(interval.high(), table.getValue(prefix + "95 %", 3), 1e-9);
  }

  @Test
  void theSelectionIsMeasuredWhereTheRoiManagerIsEmpty() {
    ImagePlus image = open("cells-samples", 1, 1, true, EnsembleCommandsTest::noisy);
    String message = refusal("Measure Posterior", "image=cells-samples");
    assertTrue(message.contains("There are no regions to measure."), message);
    image.setRoi(8, 2, 3, 4);
    run("Measure Posterior", "image=cells-samples");
    double mean = Arrays.stream(means(0, 8)).average().orElseThrow();
    assertEquals(mean, ResultsTable.getResultsTable().getValue("Mean", 0), 1e-6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing.zip     | There is no file
          empty.zip       | holds no regions.
          foreign.roi     | is no region of ImageJ
          """)
  void whatHoldsNoRegionsIsRefused(String name, String message) throws IOException {
    open("cells-samples", 1, 1, true, EnsembleCommandsTest::noisy);
    Path file = folder.resolve(name);
    if (!name.startsWith("missing")) {
      Files.writeString(file, "no region");
    }
    String refusal = refusal("Measure Posterior", "rois=[" + file + "]");
    assertTrue(refusal.contains(message), refusal);
  }

  @Test
  void aRatioOfMissingChannelsIsRefused() {
    open("cells-samples", 1, 1, true, EnsembleCommandsTest::noisy).setRoi(1, 1, 2, 2);
    String message =
        refusal(
            "Measure Posterior", "image=cells-samples numerator_channel=1 denominator_channel=2");
    assertTrue(
        message.contains("has 1 channel(s), but the ratio is of the channels 1 and 2"), message);
  }
}
