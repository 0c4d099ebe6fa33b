package io.github.posteriorj.imagej;

import ij.process.LUT;
import java.awt.Color;

/** Colour tables that plain ImageJ has not got. */
public final class LookUpTables {

  /**
   * The perceptually uniform map "inferno" at nine equidistant points (Smith and van der Walt,
   * 2015, CC0); the colours between them are interpolated.
   */
  private static final int[] INFERNO = {
    0x000004, 0x1f0c48, 0x550f6d, 0x88226a, 0xba3655, 0xe35933, 0xf98c0a, 0xf9c932, 0xfcffa4
  };

  private LookUpTables() {}

  /** From black through red and orange to pale yellow; as bright as the value is high. */
  public static LUT inferno() {
    byte[] red = new byte[256];
    byte[] green = new byte[256];
    byte[] blue = new byte[256];
    for (int i = 0; i < 256; i++) {
      double position = i / 255.0 * (INFERNO.length - 1);
      int left = Math.min((int) position, INFERNO.length - 2);
      double share = position - left;
      Color from = new Color(INFERNO[left]);
      Color to = new Color(INFERNO[left + 1]);
      red[i] = between(from.getRed(), to.getRed(), share);
      green[i] = between(from.getGreen(), to.getGreen(), share);
      blue[i] = between(from.getBlue(), to.getBlue(), share);
    }
    return new LUT(red, green, blue);
  }

  /** From black to white. */
  public static LUT gray() {
    return LUT.createLutFromColor(Color.WHITE);
  }

  private static byte between(int from, int to, double share) {
    return (byte) Math.round(from + share * (to - from));
  }
}
