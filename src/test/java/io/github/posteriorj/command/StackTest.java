package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.VirtualStack;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.posteriorj.imagej.ImagePlanes;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.RandomStream;
import java.awt.Color;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stacks and hyperstacks: each plane as if it were alone, the results with the image's axes. */
class StackTest extends HeadlessTest {

  private static final int SIZE = 16;
  private static final int SAMPLES = 3;

  @TempDir private static Path prior;

  @BeforeAll
  static void writePrior() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 160.0)");
  }

  /** An image of waves, another one in each plane. */
  private static ImagePlus cells(int bits, int channels, int slices, int frames) {
    Interpreter.batchMode = true;
    ImagePlus image = IJ.createHyperStack("cells", SIZE, SIZE, channels, slices, frames, bits);
    for (int plane = 1; plane <= image.getStackSize(); plane++) {
      fill(image.getStack().getProcessor(plane), plane);
    }
    image.show();
    return image;
  }

  private static void fill(ImageProcessor pixels, int plane) {
    float[] noise = RandomStream.of(5, plane).gaussian(SIZE * SIZE);
    for (int i = 0; i < noise.length; i++) {
      double wave = Math.sin(i % SIZE / 3.0 + plane) * Math.cos(i / SIZE / 4.0);
      pixels.setf(i, (float) (100 + 50 * wave + 5 * noise[i]));
    }
  }

  private static String run(String command, String options) {
    return run(command, SAMPLES, 1, options);
  }

  private static String run(String command, int samples, int chains, String options) {
    return errorOf(
        "run('Posterior %s...', 'image=cells warm_start_steps=2 burn_in=1 device=cpu trust=true prior=[%s]"
                .formatted(command, prior)
            + " intensity_low=0 intensity_high=200 samples=%d chains=%d %s');"
                .formatted(samples, chains, options));
  }

  private static void deblur(String options) {
    assertNull(run("Deblur", "noise=5 psf_sigma=1.5 " + options));
  }

  private static ImagePlus result(String suffix) {
    ImagePlus image = ResultImages.find("cells-" + suffix);
    assertNotNull(image, () -> suffix + " of " + openTitles());
    return image;
  }

  private static float[] pixels(ImagePlus image, int channel, int slice, int frame) {
    return (float[])
        image.getStack().getProcessor(image.getStackIndex(channel, slice, frame)).getPixels();
  }

  private static void assertAxes(ImagePlus image, int channels, int slices, int frames) {
    assertArrayEquals(
        new int[] {SIZE, SIZE, channels, slices, frames}, image.getDimensions(), image.getTitle());
  }

  private static void close(String... suffixes) {
    for (String suffix : suffixes) {
      result(suffix).setTitle("old-" + suffix);
    }
  }

  @Test
  void aPlaneAloneIsThePlaneAmongOthersToTheBit() {
    cells(16, 2, 2, 2);
    deblur("");
    ImagePlus mean = result("mean");
    ImagePlus variance = result("variance");
    assertAxes(mean, 2, 2, 2);
    assertAxes(variance, 2, 2, 2);
    close("mean", "variance");
    deblur("channels=2 slices=1 frames=2");
    assertAxes(result("mean"), 1, 1, 1);
    assertArrayEquals(pixels(mean, 2, 1, 2), pixels(result("mean"), 1, 1, 1));
    assertArrayEquals(pixels(variance, 2, 1, 2), pixels(result("variance"), 1, 1, 1));
    assertAxes(result("samples"), 1, SAMPLES, 1);
  }

  @Test
  void theFirstPlaneHasTheSeedOfAnImageOfOne() {
    ImagePlus stack = cells(32, 1, 2, 1);
    deblur("");
    float[] mean = pixels(result("mean"), 1, 1, 1);
    close("mean", "variance", "samples");
    stack.setTitle("stack");
    ImagePlus alone = new ImagePlus("cells", stack.getStack().getProcessor(1));
    alone.show();
    deblur("");
    assertArrayEquals(mean, pixels(result("mean"), 1, 1, 1));
  }

  @Test
  void planesThatAreAlikeAreDrawnByOtherRandomNumbers() {
    ImagePlus stack = cells(32, 1, 2, 1);
    stack.getStack().setProcessor(stack.getStack().getProcessor(1).duplicate(), 2);
    deblur("");
    assertFalse(Arrays.equals(pixels(result("mean"), 1, 1, 1), pixels(result("mean"), 1, 2, 1)));
  }

  @Test
  void samplesTakeTheFreeAxis() {
    cells(32, 2, 2, 1);
    deblur("");
    assertAxes(result("samples"), 2, 2, SAMPLES);
    float[] sum = new float[SIZE * SIZE];
    for (int sample = 1; sample <= SAMPLES; sample++) {
      float[] pixels = pixels(result("samples"), 2, 1, sample);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += pixels[i] / SAMPLES;
      }
    }
    assertArrayEquals(pixels(result("mean"), 2, 1, 1), sum, 1e-3f);
  }

  /** The map of R-hat needs their axis, and the number of chains. */
  @Test
  void samplesAreFoundInTheHyperstackOfThem() {
    cells(32, 2, 2, 1);
    assertNull(run("Deblur", 8, 2, "noise=5 psf_sigma=1.5 maps=[R-hat]"));
    ImagePlus map = result("r-hat");
    map.setTitle("old-r-hat");
    assertNull(errorOf("run('Posterior Maps...', 'image=cells-samples maps=[R-hat]');"));
    for (int plane = 1; plane <= map.getStackSize(); plane++) {
      float[] expected = (float[]) map.getStack().getPixels(plane);
      assertTrue(Float.isFinite(expected[0]));
      assertArrayEquals(expected, (float[]) result("r-hat").getStack().getPixels(plane));
    }
  }

  /** In so much noise the second channel's samples are the prior's, and independent at once. */
  @Test
  void ofPlanesWithMoreSamplesThanOthersOneImageHoldsAsManyAsAllHave() {
    cells(32, 2, 1, 1);
    String log =
        logOf(
            () -> assertNull(run("Denoise", 8, 2, "noise=5,1e6 target_ess=20 max_gradients=3000")));
    Matcher told = Pattern.compile("cells: The planes have (\\d+) to \\d+ samples").matcher(log);
    assertTrue(told.find(), log);
    assertAxes(result("samples"), 2, Integer.parseInt(told.group(1)), 1);
    String info = result("samples").getInfoProperty();
    assertTrue(info.contains("\nSamples: %s\nChains: 2\n".formatted(told.group(1))), info);
    String left = "\nLeft out: " + told.group().replace("cells: ", "");
    for (String kind : new String[] {"samples", "mean", "variance"}) {
      assertTrue(result(kind).getInfoProperty().contains(left), kind);
    }
  }

  @Test
  void samplesOfATimeSeriesAreSlices() {
    cells(32, 1, 1, 2);
    deblur("");
    assertAxes(result("samples"), 1, SAMPLES, 2);
  }

  @Test
  void whereBothAxesAreTakenThereAreNoSamples() {
    cells(32, 1, 2, 2);
    String log = logOf(() -> deblur(""));
    assertTrue(log.contains("cells: Planes along both Z and T leave no axis"), log);
    assertAxes(result("mean"), 1, 2, 2);
    assertNull(ResultImages.find("cells-samples"));
  }

  @Test
  void theCurrentPlaneIsOneOfThem() {
    ImagePlus stack = cells(32, 1, 3, 1);
    deblur("slices=2-3");
    ImagePlus mean = result("mean");
    assertAxes(mean, 1, 2, 1);
    close("mean", "variance", "samples");
    stack.setSlice(3);
    deblur("planes=[current plane]");
    assertArrayEquals(pixels(mean, 1, 2, 1), pixels(result("mean"), 1, 1, 1));
  }

  @Test
  void aSelectionIsThatOfEachPlane() {
    ImagePlus stack = cells(32, 1, 2, 1);
    stack.setRoi(new OvalRoi(3, 4, 6, 8));
    deblur("selection=true");
    ImagePlus mean = result("mean");
    assertArrayEquals(new int[] {6, 8, 1, 2, 1}, mean.getDimensions());
    close("mean", "variance", "samples");
    deblur("selection=true slices=2");
    assertArrayEquals(pixels(mean, 1, 2, 1), pixels(result("mean"), 1, 1, 1));
    assertTrue(Float.isNaN(pixels(mean, 1, 2, 1)[0]));
    assertTrue(Float.isFinite(pixels(mean, 1, 2, 1)[4 * 6 + 3]));
  }

  @Test
  void channelsHaveTheirOwnPsfAndNoise() {
    cells(32, 3, 1, 1);
    assertNull(run("Deblur", "channels=1,3 noise=4,6 psf_sigma=1.2,2.5"));
    ImagePlus mean = result("mean");
    assertAxes(mean, 2, 1, 1);
    String info = mean.getInfoProperty();
    close("mean", "variance", "samples");
    assertNull(run("Deblur", "channels=3 noise=6 psf_sigma=2.5"));
    assertArrayEquals(pixels(mean, 2, 1, 1), pixels(result("mean"), 1, 1, 1));
    assertTrue(info.contains("psf_sigma: 1.2") && info.contains("psf_sigma: 2.5"), info);
  }

  @Test
  void wavelengthsAreOneForEachChannel() {
    cells(32, 2, 1, 1);
    String error =
        run("Deblur with PSF", "noise=5 psf_model=Airy pixel_size=0.1 wavelength=450,520,650");
    assertTrue(error.contains("wavelength has 3 numbers (450,520,650), but 2 channels"), error);
    assertNull(run("Deblur with PSF", "noise=5 psf_model=Airy pixel_size=0.1 wavelength=450,650"));
    assertAxes(result("mean"), 2, 1, 1);
  }

  @Test
  void aStackIsRepeatedFromItsInfo() {
    cells(32, 2, 2, 1);
    deblur("channels=2");
    ImagePlus mean = result("mean");
    close("mean", "variance", "samples");
    assertNull(errorOf("run('Restore Again...', 'trust=true image=old-mean');"));
    assertAxes(result("mean"), 1, 2, 1);
    for (int slice = 1; slice <= 2; slice++) {
      assertArrayEquals(pixels(mean, 1, slice, 1), pixels(result("mean"), 1, slice, 1));
    }
  }

  @Test
  void whatAStackCarriesIsKept() {
    ImagePlus stack = cells(8, 2, 2, 1);
    Calibration calibration = stack.getCalibration();
    calibration.setUnit("um");
    calibration.pixelWidth = 0.2;
    calibration.pixelDepth = 0.7;
    calibration.frameInterval = 3;
    stack.setProperty("Info", "Objective: 63x/1.4");
    for (int plane = 1; plane <= 4; plane++) {
      stack.getStack().setSliceLabel("well " + plane, plane);
    }
    CompositeImage composite = new CompositeImage(stack, CompositeImage.GRAYSCALE);
    composite.setChannelLut(LUT.createLutFromColor(Color.GREEN), 1);
    composite.setChannelLut(LUT.createLutFromColor(Color.MAGENTA), 2);
    Roi oval = new OvalRoi(2, 3, 5, 6);
    oval.setPosition(2, 1, 0);
    composite.setOverlay(new Overlay(oval));
    composite.setRoi(new Roi(1, 2, 3, 4));
    stack.setTitle("before");
    composite.setTitle("cells");
    composite.show();
    deblur("");
    ImagePlus mean = result("mean");
    assertEquals(0.2, mean.getCalibration().pixelWidth);
    assertEquals(0.7, mean.getCalibration().pixelDepth);
    assertEquals(3, mean.getCalibration().frameInterval);
    assertEquals("\u00b5m", mean.getCalibration().getUnit());
    assertEquals("well 4", mean.getStack().getSliceLabel(4));
    assertTrue(mean.getInfoProperty().contains("Objective: 63x/1.4"), mean.getInfoProperty());
    LUT[] luts = mean.getLuts();
    assertEquals(0xff00ff00, luts[0].getRGB(255));
    assertEquals(0xffff00ff, luts[1].getRGB(255));
    assertEquals(0, luts[0].min);
    assertEquals(200, luts[0].max);
    Roi shown = mean.getOverlay().get(0);
    assertEquals(2, shown.getCPosition());
    assertEquals(1, shown.getZPosition());
    assertEquals(new Rectangle(1, 2, 3, 4), mean.getRoi().getBounds());
  }

  @Test
  void intensitiesAreCalibratedOnes() {
    ImagePlus stack = cells(16, 1, 2, 1);
    deblur("");
    float[] mean = pixels(result("mean"), 1, 2, 1);
    close("mean", "variance", "samples");
    for (int plane = 1; plane <= 2; plane++) {
      stack.getStack().getProcessor(plane).add(32768);
    }
    stack.getCalibration().setSigned16BitCalibration();
    deblur("");
    assertArrayEquals(mean, pixels(result("mean"), 1, 2, 1));
    assertFalse(result("mean").getCalibration().calibrated());
  }

  @Test
  void densitiesAreIntensities() {
    ImagePlus stack = cells(8, 1, 2, 1);
    double[] densities = {10, 0.5};
    ImagePlus densitiesOfThem = cells(32, 1, 2, 1);
    for (int plane = 1; plane <= 2; plane++) {
      ImageProcessor calibrated = densitiesOfThem.getStack().getProcessor(plane);
      for (int i = 0; i < SIZE * SIZE; i++) {
        calibrated.setf(i, (float) (10 + 0.5 * stack.getStack().getProcessor(plane).getf(i)));
      }
    }
    stack.setTitle("stored");
    deblur("");
    ImagePlus mean = result("mean");
    close("mean", "variance", "samples");
    densitiesOfThem.setTitle("before");
    stack.setTitle("cells");
    stack.getCalibration().setFunction(Calibration.STRAIGHT_LINE, densities, "OD");
    deblur("");
    for (int slice = 1; slice <= 2; slice++) {
      assertArrayEquals(pixels(mean, 1, slice, 1), pixels(result("mean"), 1, slice, 1), 1e-3f);
    }
    assertFalse(result("mean").getCalibration().calibrated());
  }

  /** A stack whose second plane changes once it has been read. */
  private static final class Changing extends VirtualStack {

    private int read;

    Changing() {
      super(SIZE, SIZE, 2);
    }

    @Override
    public ImageProcessor getProcessor(int plane) {
      ImageProcessor pixels = IJ.createImage("", "32-bit", SIZE, SIZE, 1).getProcessor();
      fill(pixels, plane == 2 ? plane + read++ : plane);
      return pixels;
    }

    @Override
    public int getBitDepth() {
      return 32;
    }
  }

  @Test
  void whatWasFinishedBeforeTheImageChangedIsKept() {
    Interpreter.batchMode = true;
    new ImagePlus("cells", new Changing()).show();
    String error = run("Deblur", "noise=5 psf_sigma=1.5");
    assertTrue(
        error.contains(
            "\"cells\" was changed while it was being restored (channel 1, slice 2, frame 1)."),
        error);
    ImagePlus mean = result("mean-unfinished");
    assertTrue(Float.isFinite(pixels(mean, 1, 1, 1)[0]));
    assertTrue(Float.isNaN(pixels(mean, 1, 2, 1)[0]));
    assertNull(ResultImages.find("cells-mean"));
  }

  /** A stack whose planes are made when they are asked for. */
  private static final class Made extends VirtualStack {

    Made() {
      super(SIZE, SIZE, 2);
    }

    @Override
    public ImageProcessor getProcessor(int plane) {
      ImageProcessor pixels = IJ.createImage("", "32-bit", SIZE, SIZE, 1).getProcessor();
      fill(pixels, plane);
      return pixels;
    }

    @Override
    public int getBitDepth() {
      return 32;
    }
  }

  @Test
  void virtualStacksAreReadPlaneByPlane() {
    cells(32, 1, 2, 1);
    deblur("");
    ImagePlus mean = result("mean");
    close("mean", "variance", "samples");
    ResultImages.find("cells").setTitle("real");
    new ImagePlus("cells", new Made()).show();
    deblur("");
    for (int slice = 1; slice <= 2; slice++) {
      assertArrayEquals(pixels(mean, 1, slice, 1), pixels(result("mean"), 1, slice, 1));
    }
  }

  @Test
  void theColoursOfAnRgbImageAreChannels() {
    ImagePlus channels = cells(8, 3, 1, 1);
    deblur("");
    ImagePlus mean = result("mean");
    close("mean", "variance", "samples");
    ColorProcessor colours = new ColorProcessor(SIZE, SIZE);
    for (int channel = 1; channel <= 3; channel++) {
      colours.setChannel(channel, (ByteProcessor) channels.getStack().getProcessor(channel));
    }
    channels.setTitle("channels");
    new ImagePlus("cells", colours).show();
    deblur("");
    assertAxes(result("mean"), 3, 1, 1);
    for (int channel = 1; channel <= 3; channel++) {
      assertArrayEquals(pixels(mean, channel, 1, 1), pixels(result("mean"), channel, 1, 1));
    }
    assertEquals(0xff00ff00, result("mean").getLuts()[1].getRGB(255));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anImageThatIsClosedInTheFirstPlaneLeavesThatOne(boolean isVirtual) {
    ImagePlus stack = cells(32, 1, 2, 1);
    if (isVirtual) {
      stack.setTitle("real");
      stack = new ImagePlus("cells", new Made());
      stack.show();
    }
    stack.setOverlay(new Overlay(new Roi(1, 2, 3, 4)));
    ImagePlus closed = stack;
    try (StatusWatch watch = StatusWatch.on(context(), "Plane 1 of 2", task -> closed.flush())) {
      String error = run("Deblur", "noise=5 psf_sigma=1.5");
      assertTrue(error.startsWith("\"cells\" was closed or changed while"), error);
      assertFalse(watch.messages().toString().contains("Plane 2 of 2"));
    }
    ImagePlus mean = result("mean-unfinished");
    assertTrue(Float.isFinite(pixels(mean, 1, 1, 1)[0]));
    assertTrue(Float.isNaN(pixels(mean, 1, 2, 1)[0]));
    assertEquals(1, mean.getOverlay().size());
  }

  @Test
  void anImageOfOnePlaneMayBeClosedMeanwhile() {
    ImagePlus image = cells(32, 1, 1, 1);
    image.setProp("Slice_Label", "well 7");
    image.setProperty("Info", "Objective: 63x/1.4");
    deblur("");
    ImagePlus mean = result("mean");
    close("mean", "variance", "samples");
    try (StatusWatch watch =
        StatusWatch.on(context(), "Expected to take about", task -> image.flush())) {
      deblur("");
      assertNull(image.getProcessor());
    }
    assertArrayEquals(pixels(mean, 1, 1, 1), pixels(result("mean"), 1, 1, 1));
    assertEquals(mean.getInfoProperty(), result("mean").getInfoProperty());
    assertEquals(mean.getProp("Slice_Label"), result("mean").getProp("Slice_Label"));
  }

  @Test
  void planeStepAndTimeLeftAreTold() {
    cells(32, 1, 2, 1);
    try (StatusWatch watch = StatusWatch.on(context(), "Plane 1 of 2", task -> {})) {
      deblur("");
      String said = String.join("\n", watch.messages());
      for (String pattern :
          new String[] {
            "Reading: 2 of 2, \\d+ s left",
            "Plane 1 of 2, expected to take about \\d+ s, \\d+ MB of memory",
            "Plane 2 of 2, preparing",
            "Plane 2 of 2, [a-z- ]+: (\\d+) of \\1, 0 s left"
          }) {
        assertTrue(Pattern.compile("(?m)^" + pattern + "$").matcher(said).find(), said);
      }
    }
  }

  @Test
  void anImageThatIsClosedMeanwhileIsMissed() {
    ImagePlus stack = cells(32, 1, 2, 1);
    ImagePlanes planes = ImagePlanes.of(stack, false);
    stack.changes = false;
    stack.flush();
    String message =
        assertThrows(IllegalStateException.class, () -> planes.plane(new Place(1, 2, 1)))
            .getMessage();
    assertTrue(message.startsWith("\"cells\" was closed or changed"), message);
  }

  @Test
  void anImageThatIsChangedMeanwhileIsNotRestored() {
    ImagePlus stack = cells(32, 1, 2, 1);
    MeasuredPlane before = ImagePlanes.of(stack, false).plane(new Place(1, 2, 1));
    stack.getStack().getProcessor(2).setf(3, 3, 7);
    assertNotEquals(
        before.sha256(), ImagePlanes.of(stack, false).plane(new Place(1, 2, 1)).sha256());
  }

  @Test
  void titlesMayHoldAnything() {
    ImagePlus stack = cells(32, 1, 1, 1);
    for (String title :
        new String[] {
          "my cells [1]", "a \u00b5m", "\u7ec6\u80de", "the \"cells\"", "l'axone", "a=b noise=9"
        }) {
      stack.setTitle(title);
      assertNull(errorOf(deblurring(title)), title);
      assertNotNull(ResultImages.find(title + "-mean"), title);
    }
  }

  private static String deblurring(String title) {
    return ("run('Posterior Deblur...', \"image=[%s] noise=5 warm_start_steps=2 burn_in=1"
            + " device=cpu trust=true prior=[%s] samples=2 chains=1\");")
        .formatted(title.replace("\"", "\\\""), prior);
  }

  @Test
  void ofTwoImagesOfOneTitleItsNumberTellsWhich() {
    ImagePlus first = cells(32, 1, 1, 1);
    ImagePlus second = cells(32, 1, 1, 1);
    second.getProcessor().add(7);
    WindowManager.setTempCurrentImage(IJ.createImage("other", "32-bit ramp", 16, 16, 1));
    String error = errorOf(deblurring("cells"));
    assertTrue(
        error.contains(
            "image asks for the image \"cells\", but 2 open images have this title. Name one of"
                + " them with its number, such as image=[cells ("
                + first.getID()
                + ")]"),
        error);
    for (ImagePlus image : new ImagePlus[] {first, second}) {
      assertNull(errorOf(deblurring("cells (%d)".formatted(image.getID()))));
      double mean = result("mean").getStatistics().mean;
      assertEquals(image.getStatistics().mean, mean, 5);
      close("mean", "variance", "samples");
    }
    WindowManager.setTempCurrentImage(second);
    assertNull(errorOf(deblurring("cells")));
    assertEquals(second.getStatistics().mean, result("mean").getStatistics().mean, 5);
  }
}
