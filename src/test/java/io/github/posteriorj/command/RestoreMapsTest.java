package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps that a restore command is asked for. */
class RestoreMapsTest extends HeadlessTest {

  private static final List<String> SUFFIXES =
      List.of("-standard-deviation", "-median", "-interval-width-0.5", "-above-100", "-r-hat");

  @TempDir private static Path folder;

  @BeforeAll
  static void writePrior() throws Exception {
    PriorFolders.write(folder, 8, "return torch.div(x, 160.0)");
  }

  private static String restoring(String maps) {
    return BadInput.CELLS
        + "cells('cells', '32-bit', 24, 20);"
        + "setVoxelSize(0.5, 0.5, 1, 'um');"
        + "run('Posterior Denoise...', 'warm_start_steps=3 burn_in=1 device=cpu trust=true prior=["
        + folder
        + "] noise=5 intensity_low=0 intensity_high=200 samples=8 chains=2 maps=["
        + maps
        + "]');";
  }

  /** Written to a file and read again. */
  private static ImagePlus kept(String suffix) {
    Path file = folder.resolve("kept" + suffix + ".tif");
    ImagePlus image = ResultImages.find("cells" + suffix);
    IJ.saveAsTiff(image, file.toString());
    image.setTitle("cells" + suffix);
    return IJ.openImage(file.toString());
  }

  private static float[] pixels(ImagePlus image, int slice) {
    return (float[]) image.getStack().getPixels(slice);
  }

  @Test
  void mapsAreThoseOfTheSamplesAndRepeatedWithThem() {
    assertNull(
        errorOf(restoring("standard deviation, median, interval width 0.5, above 100, R-hat")));
    ImagePlus samples = kept("-samples");
    float[] variance = pixels(kept("-variance"), 1);
    float[] deviation = pixels(kept("-standard-deviation"), 1);
    float[] median = pixels(kept("-median"), 1);
    float[] above = pixels(kept("-above-100"), 1);
    float[] agreement = pixels(kept("-r-hat"), 1);
    for (int pixel = 0; pixel < variance.length; pixel++) {
      int darker = 0;
      int bright = 0;
      for (int slice = 1; slice <= 8; slice++) {
        darker += pixels(samples, slice)[pixel] < median[pixel] ? 1 : 0;
        bright += pixels(samples, slice)[pixel] > 100 ? 1 : 0;
      }
      // Of intensities of a hundred in single precision, and the variance of the model's range.
      assertEquals(Math.sqrt(variance[pixel]), deviation[pixel], 1e-3);
      assertEquals(4, darker);
      assertEquals(bright / 8f, above[pixel]);
      assertTrue(agreement[pixel] > 0.7, "" + agreement[pixel]);
    }
    ImagePlus width = kept("-interval-width-0.5");
    assertEquals(24, width.getWidth());
    assertEquals(0.5, width.getCalibration().pixelWidth, 1e-9);
    assertTrue(width.getInfoProperty().contains("- map: interval width 0.5"));
    assertNull(errorOf("run('Restore Again...', 'trust=true image=cells-median');"));
    for (String suffix : SUFFIXES) {
      assertArrayEquals(
          pixels(ResultImages.find("cells" + suffix + "-1"), 1),
          pixels(ResultImages.find("cells" + suffix), 1));
    }
  }

  /** Tiles change nothing but the rounding, a selection nothing but what is shown. */
  @Test
  void mapsOfASelectionInTiles() throws Exception {
    Path local = PriorFolders.writeLocal(Files.createDirectory(folder.resolve("local")));
    String macro =
        "newImage('cells', '32-bit black', 64, 48, 2); random('seed', 7);"
            + "for (z = 1; z <= 2; z++) { setSlice(z);"
            + " for (y = 0; y < 48; y++) for (x = 0; x < 64; x++)"
            + "  setPixel(x, y, 100 + 50 * sin(x / 3) * cos(y / 4 + z) + 5 * random('gaussian')); }"
            + "makeOval(10, 12, 30, 20);"
            + "run('Posterior Denoise...', 'selection=true samples=4 chains=2 level_steps=2"
            + " gibbs_sweeps=3 noise=5 intensity_low=0 intensity_high=200 device=cpu trust=true"
            + " maps=[median, above 100] tile=%d prior=["
            + local
            + "]');";
    assertNull(errorOf(macro.formatted(16)));
    ImagePlus median = ResultImages.find("cells-median");
    ImagePlus above = ResultImages.find("cells-above-100");
    assertArrayEquals(new int[] {30, 20, 1, 2, 1}, median.getDimensions());
    closeImages();
    assertNull(errorOf(macro.formatted(0)));
    for (int slice = 1; slice <= 2; slice++) {
      float[] whole = pixels(ResultImages.find("cells-median"), slice);
      float[] tiled = pixels(median, slice);
      assertTrue(Float.isNaN(tiled[0]));
      assertTrue(Float.isFinite(tiled[10 * 30 + 15]));
      // A thousandth of the range.
      assertArrayEquals(whole, tiled, 0.2f);
      for (float share : pixels(above, slice)) {
        assertTrue(Float.isNaN(share) || share * 4 == Math.round(share * 4), "" + share);
      }
    }
  }

  @Test
  void aMapOfTooFewSamplesIsTold() {
    assertNull(errorOf(restoring("interval width")));
    String info = ResultImages.find("cells-interval-width-0.95").getInfoProperty();
    assertTrue(info.contains("Warning: The map of the interval's width is of a narrower"), info);
  }

  @Test
  void aMapThatThereIsNotIsRefusedBeforeAnythingIsDone() {
    String error = errorOf(restoring("mode"));
    assertTrue(error.contains("There is no map \"mode\". There are: standard deviation"), error);
    assertFalse(openTitles().contains("cells-mean"));
  }
}
