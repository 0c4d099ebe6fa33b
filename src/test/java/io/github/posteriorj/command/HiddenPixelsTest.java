package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import org.junit.jupiter.api.Test;

/** Pixels are hidden where they should be, and a mask that does nothing is refused. */
class HiddenPixelsTest {

  private static ImagePlus floats(String title, float... values) {
    return new ImagePlus(title, new FloatProcessor(values.length, 1, values));
  }

  private static ImagePlus shorts(int... values) {
    ShortProcessor pixels = new ShortProcessor(values.length, 1);
    for (int i = 0; i < values.length; i++) {
      pixels.set(i, values[i]);
    }
    return new ImagePlus("raw", pixels);
  }

  private static String refusal(HiddenPixels hidden, ImagePlus image, ImagePlus mask) {
    return assertThrows(IllegalArgumentException.class, () -> hidden.mask(image, mask, 0))
        .getMessage();
  }

  @Test
  void aMaskHidesWhereItIsZeroOrNoNumber() {
    float[] visible =
        HiddenPixels.MASK
            .mask(floats("y", 1, 2, 3), floats("mask", 0, Float.NaN, 0.5f), 0)
            .values();
    assertArrayEquals(new float[] {0, 0, 1}, visible);
  }

  @Test
  void aMaskThatHidesNothingIsRefused() {
    String message = refusal(HiddenPixels.MASK, floats("y", 1, 2), floats("mask", 255, 255));
    assertTrue(message.startsWith("The mask hides no pixel"), message);
    String dead = refusal(HiddenPixels.DEAD, floats("y", 1, 2), null);
    assertTrue(dead.startsWith("\"y\" has no dead pixels"), dead);
    ImagePlus selected = floats("y", 1, 2);
    selected.setRoi(5, 5, 2, 2);
    String selection = refusal(HiddenPixels.SELECTION, selected, null);
    assertTrue(selection.startsWith("The selection of \"y\" holds no pixel"), selection);
    String saturated = refusal(HiddenPixels.SATURATED, shorts(4095, 4095, 7), null);
    assertTrue(saturated.endsWith("write saturation_level=4095."), saturated);
  }

  @Test
  void deadPixelsAreThoseThatTheCameraStoredAsZero() {
    ImagePlus offset = shorts(0, 100, 300);
    offset
        .getCalibration()
        .setFunction(Calibration.STRAIGHT_LINE, new double[] {-50, 0.5}, "photons");
    assertArrayEquals(new float[] {0, 1, 1}, HiddenPixels.DEAD.mask(offset, null, 0).values());
    ImagePlus signed = shorts(32768, 32769, 32767);
    signed.getCalibration().setSigned16BitCalibration();
    assertArrayEquals(new float[] {0, 1, 1}, HiddenPixels.DEAD.mask(signed, null, 0).values());
  }

  @Test
  void aSelectionCountsForHiddenSelectionOnly() {
    ImagePlus image = floats("y", 1, 9, 3, 0);
    image.setRoi(0, 0, 1, 1);
    assertArrayEquals(
        new float[] {1, 0, 1, 1}, HiddenPixels.SATURATED.mask(image, null, 0).values());
    assertArrayEquals(new float[] {1, 1, 1, 0}, HiddenPixels.DEAD.mask(image, null, 0).values());
    assertArrayEquals(
        new float[] {0, 1, 1, 1}, HiddenPixels.SELECTION.mask(image, null, 0).values());
  }

  @Test
  void aSaturationLevelThatIsGivenIsUsed() {
    assertArrayEquals(
        new float[] {0, 0, 1},
        HiddenPixels.SATURATED.mask(shorts(4095, 4095, 7), null, 4095).values());
  }
}
