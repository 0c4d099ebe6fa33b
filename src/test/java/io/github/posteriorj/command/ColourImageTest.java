package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.macro.Interpreter;
import ij.plugin.Duplicator;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.TiffFile;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.RandomStream;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of three channels by a prior of three: one picture, whose channels tell of each other. */
class ColourImageTest extends HeadlessTest {

  private static final int SIZE = 16;
  private static final int COLOURS = 3;
  private static final int SAMPLES = 3;
  private static final int BLUE = 2;
  private static final String AT_SIGMA_MAX = "chain_level=sigma_max warm_start_steps=2 burn_in=1";
  private static final String AT_A_LEVEL = "chain_level=0.3 gibbs_sweeps=2 level_steps=1";

  @TempDir private static Path folder;

  private static Path gray;
  private static Path colours;

  @BeforeAll
  static void writePriors() throws Exception {
    gray = PriorFolders.write(folder.resolve("gray"), 8, "return torch.div(x, 160.0)");
    colours =
        PriorFolders.addDenoiser(
            PriorFolders.writeColours(folder.resolve("colours"), 8, mixing("level")),
            mixing("torch.mul(level, level)"));
  }

  /** A network whose channels are nearer to gray than the noise is. */
  private static String[] mixing(String noise) {
    return new String[] {
      "level = torch.reshape(sigma, [-1, 1, 1, 1])",
      "shrunk = torch.div(x, torch.add(" + noise + ", 1.0))",
      "return torch.mul(torch.add(shrunk, torch.mean(shrunk, [1], True)), 0.5)"
    };
  }

  /** Waves, others in each channel, with noise. */
  private static int[][] pixels(int slice) {
    int[][] pixels = new int[COLOURS][SIZE * SIZE];
    for (int channel = 0; channel < COLOURS; channel++) {
      float[] noise = RandomStream.of(slice, channel).gaussian(SIZE * SIZE);
      for (int i = 0; i < noise.length; i++) {
        double wave = Math.sin(i % SIZE / 3.0 + channel) * Math.cos(i / SIZE / 4.0);
        pixels[channel][i] = (int) Math.round(100 + 50 * wave + 5 * noise[i]);
      }
    }
    return pixels;
  }

  private static ImageProcessor rgb(int[][] pixels) {
    int[] packed = new int[SIZE * SIZE];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = pixels[0][i] << 16 | pixels[1][i] << 8 | pixels[2][i];
    }
    return new ColorProcessor(SIZE, SIZE, packed);
  }

  /** An RGB image, by way of a file. */
  private static ImagePlus show(ImageProcessor... slices) {
    ImageStack stack = new ImageStack(SIZE, SIZE);
    for (ImageProcessor slice : slices) {
      stack.addSlice(slice);
    }
    return show(new ImagePlus("cells", stack));
  }

  private static ImagePlus show(ImagePlus image) {
    Interpreter.batchMode = true;
    Path file = folder.resolve("cells.tif");
    IJ.saveAsTiff(image, file.toString());
    ImagePlus opened = IJ.openImage(file.toString());
    opened.setTitle("cells");
    opened.show();
    return opened;
  }

  private static String run(String command, Path prior, String options) {
    return errorOf(
        "run('Posterior %s...', 'image=cells device=cpu trust=true prior=[%s]"
                .formatted(command, prior)
            + " samples=%d chains=1 %s');".formatted(SAMPLES, options));
  }

  private static void deblur(Path prior, String options) {
    assertNull(
        run(
            "Deblur",
            prior,
            "noise=5 psf_sigma=1.5 intensity_low=0 intensity_high=200 " + options));
  }

  private static ImagePlus result(String suffix) {
    ImagePlus image = ResultImages.find("cells-" + suffix);
    assertNotNull(image, () -> suffix + " of " + openTitles());
    return image;
  }

  private static ImagePlus taken(String suffix) {
    ImagePlus image = result(suffix);
    image.setTitle("old-" + suffix);
    return image;
  }

  private static void assertSame(ImagePlus expected, ImagePlus found) {
    assertArrayEquals(expected.getDimensions(), found.getDimensions());
    for (int slice = 1; slice <= expected.getStackSize(); slice++) {
      assertArrayEquals(plane(expected, slice), plane(found, slice));
    }
  }

  private static float[] plane(ImagePlus image, int slice) {
    return (float[]) image.getStack().getPixels(slice);
  }

  private static void assertAxes(ImagePlus image, int channels, int slices, int frames) {
    assertArrayEquals(
        new int[] {SIZE, SIZE, channels, slices, frames}, image.getDimensions(), image.getTitle());
  }

  @Test
  void resultsAreOfThreeChannels() {
    show(rgb(pixels(1)));
    deblur(colours, AT_SIGMA_MAX);
    assertAxes(result("mean"), COLOURS, 1, 1);
    assertAxes(result("variance"), COLOURS, 1, 1);
    assertAxes(result("samples"), COLOURS, 1, SAMPLES);
    for (int channel = 1; channel <= COLOURS; channel++) {
      float[] sum = new float[SIZE * SIZE];
      for (int sample = 1; sample <= SAMPLES; sample++) {
        int index = result("samples").getStackIndex(channel, 1, sample);
        float[] pixels = plane(result("samples"), index);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += pixels[i] / SAMPLES;
        }
      }
      assertArrayEquals(plane(result("mean"), channel), sum, 1e-3f);
    }
    assertEquals(0xff00ff00, result("mean").getLuts()[1].getRGB(255));
    assertEquals(200, result("mean").getLuts()[1].max);
    Path file = folder.resolve("mean.tif");
    IJ.saveAsTiff(result("mean").duplicate(), file.toString());
    assertSame(result("mean"), IJ.openImage(file.toString()));
  }

  @Test
  void channelsTellOfEachOther() {
    ImagePlus image = show(rgb(pixels(1)));
    int[][] bluer = pixels(1);
    bluer[BLUE] = pixels(2)[BLUE];
    for (Path prior : new Path[] {gray, colours}) {
      image.setProcessor(rgb(pixels(1)));
      deblur(prior, AT_SIGMA_MAX);
      ImagePlus mean = taken("mean");
      image.setProcessor(rgb(bluer));
      deblur(prior, AT_SIGMA_MAX);
      boolean isSameRed = Arrays.equals(plane(mean, 1), plane(taken("mean"), 1));
      assertEquals(prior.equals(gray), isSameRed);
    }
  }

  /** One of these is empty, as in many images of two stains. */
  @Test
  void aCompositeOfThreeChannelsIsSuchAnImage() {
    int[][] pixels = pixels(1);
    Arrays.fill(pixels[BLUE], 0);
    ImagePlus image = show(rgb(pixels));
    deblur(colours, AT_SIGMA_MAX);
    ImagePlus mean = taken("mean");
    image.setTitle("rgb");
    ImageStack channels = new ImageStack(SIZE, SIZE);
    for (int channel = 1; channel <= COLOURS; channel++) {
      ColorProcessor of = (ColorProcessor) image.getProcessor();
      channels.addSlice(of.getChannel(channel, null).convertToShort(false));
    }
    ImagePlus stack = new ImagePlus("cells", channels);
    stack.setDimensions(COLOURS, 1, 1);
    CompositeImage composite = new CompositeImage(stack, CompositeImage.COMPOSITE);
    composite.setChannelLut(LUT.createLutFromColor(Color.MAGENTA), 2);
    show(composite);
    deblur(colours, AT_SIGMA_MAX);
    assertSame(mean, result("mean"));
    assertEquals(0xffff00ff, result("mean").getLuts()[1].getRGB(255));
    assertEquals(200, result("mean").getLuts()[1].max);
  }

  @Test
  void aResultIsMadeAgainToTheBit() {
    show(rgb(pixels(1)), rgb(pixels(2)));
    deblur(colours, AT_A_LEVEL);
    ImagePlus samples = taken("samples");
    assertAxes(samples, COLOURS, 2, SAMPLES);
    assertNull(errorOf("run('Restore Again...', 'trust=true image=old-samples');"));
    assertSame(samples, result("samples"));
  }

  @Test
  void aFolderOfAStackIsGoneOnWith(@TempDir Path output) throws Exception {
    show(rgb(pixels(1)), rgb(pixels(2)));
    deblur(colours, AT_A_LEVEL + " output=[" + output + "]");
    ImagePlus mean = taken("mean");
    Files.move(output.resolve("planes/c1_z002_t001"), output.resolve("planes/.c1_z002_t001.part"));
    deblur(colours, AT_A_LEVEL + " output=[" + output + "]");
    assertSame(mean, result("mean"));
    assertEquals(mean.getLuts()[1].max, result("mean").getLuts()[1].max);
    assertEquals(0xff00ff00, result("mean").getLuts()[1].getRGB(255));
    assertAxes(TiffFile.read(output.resolve("mean.tif")), COLOURS, 2, 1);
  }

  @Test
  void picturesOfAStackAreOfThePlaneThatIsShown() {
    ImagePlus stack = show(rgb(pixels(1)), rgb(pixels(2)));
    deblur(colours, AT_A_LEVEL);
    stack.setSlice(2);
    assertNull(errorOf("run('Posterior Panel...', 'image=cells');"));
    for (String kind : new String[] {"samples", "mean", "variance"}) {
      ImagePlus all = result(kind);
      all.setTitle("all-" + kind);
      int frames = all.getNFrames();
      ImagePlus plane = new Duplicator().run(all, 1, COLOURS, 2, 2, 1, frames);
      plane.setTitle("plane-" + kind);
      plane.show();
    }
    new ImagePlus("plane", stack.getStack().getProcessor(2)).show();
    assertNull(errorOf("run('Posterior Panel...', 'image=plane');"));
    assertArrayEquals(
        (int[]) ResultImages.find("plane-panel").getProcessor().getPixels(),
        (int[]) result("panel").getProcessor().getPixels());
  }

  @Test
  void aMovieIsOfTheChannelThatIsShown() {
    show(rgb(pixels(1)), rgb(pixels(2)));
    deblur(colours, AT_A_LEVEL);
    ImagePlus samples = result("samples");
    samples.setPosition(3, 2, 1);
    assertNull(errorOf("run('Posterior Movie...', 'image=cells-samples frames_each=1');"));
    ImagePlus movie = result("movie");
    assertAxes(movie, 1, 1, SAMPLES);
    ImageProcessor blue = samples.getStack().getProcessor(samples.getStackIndex(3, 2, 2));
    blue.setMinAndMax(0, 200);
    assertArrayEquals(
        (byte[]) blue.convertToByteProcessor(true).getPixels(),
        (byte[]) movie.getStack().getPixels(2));
    assertTrue(movie.getInfoProperty().contains("channel 3, slice 2"), movie.getInfoProperty());
  }

  @Test
  void aCompositeWouldNeedColoursForTheUncertainty() {
    show(rgb(pixels(1)), rgb(pixels(2)));
    deblur(colours, AT_A_LEVEL);
    String message = errorOf("run('Posterior Composite...', 'image=cells');");
    assertTrue(message.contains("in colours of its own, which leave none for the unc"), message);
  }

  /** Red shows nothing, and no noise. */
  @Test
  void noiseAndRangeAreOfAllChannels() {
    int[][] pixels = pixels(1);
    Arrays.fill(pixels[0], 0);
    show(rgb(pixels));
    assertNull(run("Denoise", colours, AT_A_LEVEL));
    String info = result("mean").getInfoProperty();
    String sigma = info.replaceAll("(?s).*Noise: [^\n]*?([0-9.]+)\n.*", "$1");
    // Of 128 differences, the deviation by their median has a standard error of a tenth.
    assertEquals(5, Double.parseDouble(sigma), 5.0 * 3 / 10, info);
  }

  @Test
  void masksAndSelectionsAreOfAllChannels() {
    ImagePlus image = show(rgb(pixels(1)));
    ImagePlus mask = IJ.createImage("mask", "8-bit white", SIZE, SIZE, 1);
    mask.getProcessor().set(4, 4, 0);
    mask.show();
    String range = " intensity_low=0 intensity_high=200 noise=5 ";
    assertNull(run("Inpaint", colours, "mask=mask" + range + AT_A_LEVEL));
    ImagePlus mean = taken("mean");
    assertAxes(mean, COLOURS, 1, 1);
    // What is hidden says nothing, in no channel.
    image.getProcessor().putPixel(4, 4, new int[] {200, 0, 90});
    assertNull(run("Inpaint", colours, "mask=mask" + range + AT_A_LEVEL));
    assertSame(mean, taken("mean"));
    image.setRoi(2, 3, 8, 9);
    assertNull(run("Deblur", colours, "psf_sigma=1 selection=true" + range + AT_A_LEVEL));
    assertArrayEquals(new int[] {8, 9, COLOURS, 1, 1}, result("mean").getDimensions());
  }

  /** Blue has a hot pixel. */
  @Test
  void outliersAreFoundInEachChannel() {
    int[][] pixels = pixels(1);
    pixels[BLUE][5 * SIZE + 7] = 255;
    show(rgb(pixels));
    deblur(colours, AT_A_LEVEL + " outliers=hide");
    String info = result("mean").getInfoProperty();
    assertTrue(info.contains("1 pixel stands out of its surroundings alone"), info);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    show(rgb(pixels(1)));
    String lists = run("Deblur", colours, "noise=5 psf_sigma=1,2,3 " + AT_SIGMA_MAX);
    assertTrue(lists.contains("restores the 3 channels together"), lists);
    String one = run("Deblur", colours, "noise=5 channels=2 " + AT_SIGMA_MAX);
    assertTrue(one.contains("restores all 3 channels together. Leave channels"), one);
    String colourised = run("Colorize", colours, "noise=5 " + AT_SIGMA_MAX);
    assertTrue(colourised.contains("Choose one of them, such as channels=1"), colourised);
    assertFalse(openTitles().contains("cells-mean"));
  }
}
