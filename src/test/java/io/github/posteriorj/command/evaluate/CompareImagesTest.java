package io.github.posteriorj.command.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.metric.FourierRingCorrelation;
import io.github.posteriorj.metric.NormalisedError;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.StructuralSimilarity;
import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two images or stacks, plane by plane, in the Results table. */
class CompareImagesTest extends HeadlessTest {

  private static final int WIDTH = 24;
  private static final int HEIGHT = 20;

  @BeforeEach
  void withoutWindows() {
    Interpreter.batchMode = true;
    ResultsTable.getResultsTable().reset();
  }

  private static ImagePlus open(String title, int channels, int slices, double noise) {
    ImagePlus image = IJ.createHyperStack(title, WIDTH, HEIGHT, channels, slices, 1, 32);
    for (int plane = 1; plane <= image.getStackSize(); plane++) {
      ImageProcessor pixels = image.getStack().getProcessor(plane);
      float[] random = RandomStream.of(7, plane).gaussian(WIDTH * HEIGHT);
      for (int i = 0; i < random.length; i++) {
        double wave = Math.sin(i % WIDTH / 3.0 + plane) * Math.cos(i / WIDTH / 4.0);
        pixels.setf(i, (float) (100 + 50 * wave + noise * random[i]));
      }
    }
    image.show();
    return image;
  }

  private static float[] pixels(ImagePlus image, int plane) {
    return (float[]) image.getStack().getPixels(plane);
  }

  private static String compare() {
    return errorOf("run('Compare Images...', 'image=mean reference=truth');");
  }

  private static void assertRow(int row, float[] plane, float[] truth) {
    ResultsTable table = ResultsTable.getResultsTable();
    assertEquals(PeakSignalToNoise.of(plane, truth), table.getValue("PSNR (dB)", row));
    assertEquals(StructuralSimilarity.of(plane, truth, WIDTH), table.getValue("SSIM", row));
    assertEquals(NormalisedError.of(plane, truth), table.getValue("NRMSE", row));
    assertEquals(
        FourierRingCorrelation.of(plane, truth, WIDTH).resolution(),
        table.getValue("FRC resolution (pixels)", row));
  }

  @Test
  void eachPlaneOfAHyperstackIsALine() {
    ImagePlus mean = open("mean", 2, 3, 5);
    ImagePlus truth = open("truth", 2, 3, 0);
    assertNull(compare());
    ResultsTable table = ResultsTable.getResultsTable();
    assertEquals(6, table.size());
    assertEquals("mean: channel 2, slice 3, frame 1", table.getLabel(5));
    for (int plane = 1; plane <= 6; plane++) {
      assertRow(plane - 1, pixels(mean, plane), pixels(truth, plane));
    }
  }

  @Test
  void onePlaneIsTheReferenceOfAll() {
    ImagePlus samples = open("mean", 1, 3, 5);
    ImagePlus truth = open("truth", 1, 1, 0);
    assertNull(compare());
    assertEquals(3, ResultsTable.getResultsTable().size());
    assertRow(2, pixels(samples, 3), pixels(truth, 1));
  }

  @Test
  void whatCannotBeComparedIsTold() {
    open("mean", 1, 3, 5);
    ImagePlus truth = open("truth", 1, 2, 0);
    String error = compare();
    assertTrue(
        error.contains("\"mean\" and \"truth\" have not the same channels, slices and frames."),
        error);
    truth.setTitle("other");
    IJ.createImage("truth", "32-bit ramp", 30, 20, 1).show();
    error = compare();
    assertTrue(error.contains("\"mean\" has 24 x 20 pixels, but \"truth\" has 30 x 20."), error);
    error = errorOf("run('Compare Images...', 'image=mean');");
    assertTrue(error.contains("There is no such image"), error);
  }
}
