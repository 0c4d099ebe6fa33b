package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import org.junit.jupiter.api.Test;

/** Saturation is judged on what the camera stored, and told in calibrated units. */
class SaturationTest {

  private static final String KEY = "saturation_level";

  private static ImagePlus shorts(int... values) {
    ShortProcessor pixels = new ShortProcessor(values.length, 1);
    for (int i = 0; i < values.length; i++) {
      pixels.set(i, values[i]);
    }
    return new ImagePlus("raw", pixels);
  }

  private static ImagePlus bytes(double offset, double gain, int... values) {
    ByteProcessor pixels = new ByteProcessor(values.length, 1);
    for (int i = 0; i < values.length; i++) {
      pixels.set(i, values[i]);
    }
    ImagePlus image = new ImagePlus("bytes", pixels);
    image
        .getCalibration()
        .setFunction(Calibration.STRAIGHT_LINE, new double[] {offset, gain}, "photons");
    return image;
  }

  private static String refusal(ImagePlus image) {
    return assertThrows(IllegalArgumentException.class, () -> Saturation.of(image, KEY))
        .getMessage();
  }

  @Test
  void theHighestValueOfTheTypeIsSaturated() {
    Saturation saturation = Saturation.of(shorts(3, 65535, 65534), KEY);
    assertArrayEquals(new boolean[] {false, true, false}, saturation.saturated());
    assertEquals(65535, saturation.level());
  }

  @Test
  void aCalibrationChangesTheLevelButNotThePixels() {
    // 0.1 is no binary number: judged on calibrated values, rounding would decide.
    Saturation rising = Saturation.of(bytes(7, 0.1, 0, 254, 255), KEY);
    assertArrayEquals(new boolean[] {false, false, true}, rising.saturated());
    assertEquals(32.5, rising.level(), 1e-6);
    Saturation falling = Saturation.of(bytes(255, -1, 0, 254, 255), KEY);
    assertArrayEquals(new boolean[] {false, false, true}, falling.saturated());
    assertEquals(0, falling.level(), 1e-6);
  }

  @Test
  void signedNumbersSaturateAtTheirOwnHighest() {
    ImagePlus signed = shorts(0, 32768, 65535);
    signed.getCalibration().setSigned16BitCalibration();
    Saturation saturation = Saturation.of(signed, KEY);
    assertArrayEquals(new boolean[] {false, false, true}, saturation.saturated());
    assertEquals(32767, saturation.level());
    assertArrayEquals(new float[] {-32768, 0, 32767}, StoredValues.of(signed).values());
  }

  @Test
  void aSelectionOfA32BitImageDoesNotCount() {
    ImagePlus image = new ImagePlus("m", new FloatProcessor(3, 1, new float[] {1, 5, Float.NaN}));
    image.setRoi(0, 0, 1, 1);
    Saturation saturation = Saturation.of(image, KEY);
    assertArrayEquals(new boolean[] {false, true, false}, saturation.saturated());
    assertEquals(5, saturation.level());
    assertEquals(5, Saturation.levelOf(image));
  }

  @Test
  void aSharedMaximumBelowIsOffered() {
    assertEquals(
        "No pixel of \"raw\" is saturated: none has 65535, the highest value that its 16 bits hold."
            + " But 3 pixels share its highest value, 4095: if the camera saturates there, write"
            + " saturation_level=4095.",
        refusal(shorts(4095, 7, 4095, 4095)));
    assertEquals(
        "No pixel of \"raw\" is saturated: none has 65535, the highest value that its 16 bits hold."
            + " Its highest value, 4095, is that of one pixel alone. Where the camera saturates"
            + " below, give the level in saturation_level.",
        refusal(shorts(4095, 7, 4094)));
  }

  @Test
  void aLevelThatIsGivenIsInCalibratedUnits() {
    ImagePlus image = bytes(7, 0.1, 0, 254, 253);
    Saturation saturation = Saturation.from(32.4, image, KEY);
    assertArrayEquals(new boolean[] {false, true, false}, saturation.saturated());
    assertEquals(
        "No pixel of \"bytes\" reaches saturation_level=33: its highest value is 32.4.",
        assertThrows(IllegalArgumentException.class, () -> Saturation.from(33, image, KEY))
            .getMessage());
  }
}
