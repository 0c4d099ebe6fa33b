package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.process.LUT;
import java.awt.Color;
import org.junit.jupiter.api.Test;

class LookUpTablesTest {

  /** Relative luminance of sRGB (ITU-R BT.709). */
  private static double luminance(int rgb) {
    Color color = new Color(rgb);
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int level) {
    double value = level / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static void assertRising(LUT lut) {
    for (int i = 8; i < 256; i++) {
      // Colours are rounded to whole levels: over eight steps the rise is above that.
      assertTrue(luminance(lut.getRGB(i)) > luminance(lut.getRGB(i - 8)), "at " + i);
    }
  }

  @Test
  void infernoGoesFromBlackToPaleYellowAndIsBrighterTheHigher() {
    LUT inferno = LookUpTables.inferno();
    assertEquals(new Color(0x000004), new Color(inferno.getRGB(0)));
    assertEquals(new Color(0xfcffa4), new Color(inferno.getRGB(255)));
    assertRising(inferno);
  }

  @Test
  void grayHasNoColour() {
    LUT gray = LookUpTables.gray();
    for (int i = 0; i < 256; i++) {
      assertEquals(new Color(i, i, i), new Color(gray.getRGB(i)));
    }
  }
}
