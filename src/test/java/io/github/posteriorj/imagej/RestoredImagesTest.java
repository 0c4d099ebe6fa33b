package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;
import io.github.posteriorj.imagej.host.HeadlessTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The open results of the plane that is shown. */
class RestoredImagesTest extends HeadlessTest {

  private static final int SAMPLES = 3;

  @BeforeEach
  void withoutWindows() {
    Interpreter.batchMode = true;
  }

  /** Each plane has its own value: its channel, slice and frame as digits. */
  private static ImagePlus open(String title, int channels, int slices, int frames) {
    ImagePlus image = IJ.createHyperStack(title, 4, 4, channels, slices, frames, 32);
    for (int index = 1; index <= image.getStackSize(); index++) {
      int[] place = image.convertIndexToPosition(index);
      image.getStack().getProcessor(index).set(100 * place[0] + 10 * place[1] + place[2]);
    }
    image.show();
    return image;
  }

  private static float[] firstPixels(ImagePlus stack) {
    float[] values = new float[stack.getStackSize()];
    for (int i = 0; i < values.length; i++) {
      values[i] = stack.getStack().getProcessor(i + 1).getf(0);
    }
    return values;
  }

  private static void assertValues(ImagePlus stack, float... expected) {
    assertArrayEquals(expected, firstPixels(stack));
  }

  @Test
  void ofAZStackSamplesAreFrames() {
    ImagePlus cells = open("cells", 2, 4, 1);
    open("cells-samples", 2, 4, SAMPLES);
    open("cells-mean", 2, 4, 1);
    cells.setPosition(2, 3, 1);
    RestoredImages restored = new RestoredImages(cells);
    assertValues(restored.shownSamples(), 231, 232, 233);
    assertValues(restored.shownOf("-mean"), 231);
    assertValues(restored.shown(), 231);
  }

  @Test
  void ofATimeSeriesSamplesAreSlices() {
    ImagePlus cells = open("cells", 2, 1, 4);
    open("cells-samples", 2, SAMPLES, 4);
    cells.setPosition(1, 1, 4);
    assertValues(new RestoredImages(cells).shownSamples(), 114, 124, 134);
  }

  @Test
  void ofATimeSeriesOneSampleOfEachPlaneIsNoneOfAnotherTime() {
    ImagePlus cells = open("cells", 1, 1, 4);
    open("cells-samples", 1, 1, 4);
    cells.setPosition(1, 1, 3);
    assertValues(new RestoredImages(cells).shownSamples(), 113);
  }

  @Test
  void ofAnRgbStackResultsAreInColours() {
    ImagePlus cells = IJ.createImage("cells", "RGB black", 4, 4, 2);
    cells.show();
    open("cells-samples", 3, 2, SAMPLES);
    open("cells-mean", 3, 2, 1);
    cells.setPosition(1, 2, 1);
    RestoredImages restored = new RestoredImages(cells);
    assertValues(restored.shownSamples(), 121, 221, 321, 122, 222, 322, 123, 223, 323);
    assertValues(restored.shownOf("-mean"), 121, 221, 321);
    assertEquals(3, restored.shownOf("-mean").getNChannels());
    assertEquals(ImagePlus.COLOR_RGB, restored.shown().getType());
  }

  @Test
  void ofACompositeInColoursSamplesAreFrames() {
    ImagePlus cells = open("cells", 3, 1, 1);
    open("cells-samples", 3, 1, SAMPLES);
    cells.setPosition(2, 1, 1);
    assertValues(new RestoredImages(cells).shownSamples(), 211, 212, 213);
  }

  @Test
  void ofOnePlaneTheyAreAsTheyAre() {
    ImagePlus cells = open("cells", 1, 1, 1);
    open("cells-samples", 1, SAMPLES, 1);
    assertValues(new RestoredImages(cells).shownSamples(), 111, 121, 131);
  }

  @Test
  void resultsOfSomePlanesAreRefused() {
    ImagePlus cells = open("cells", 1, 4, 1);
    open("cells-mean", 1, 2, 1);
    RestoredImages restored = new RestoredImages(cells);
    String message =
        assertThrows(IllegalArgumentException.class, () -> restored.shownOf("-mean")).getMessage();
    assertTrue(message.startsWith("\"cells-mean\" has other planes than \"cells\""), message);
    message = assertThrows(IllegalArgumentException.class, restored::shownSamples).getMessage();
    assertEquals("There is no image \"cells-samples\". Restore \"cells\" first.", message);
  }
}
