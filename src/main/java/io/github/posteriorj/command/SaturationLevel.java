package io.github.posteriorj.command;

import ij.ImagePlus;

/** The intensity at which an image is saturated. */
public final class SaturationLevel {

  private static final int BYTE = 255;
  private static final int SHORT = 65535;

  private SaturationLevel() {}

  /**
   * The highest intensity that an image of 8 or 16 bits can hold, in calibrated units where it has
   * them; of a 32-bit image, the highest that it shows.
   */
  public static double of(ImagePlus image) {
    return switch (image.getBitDepth()) {
      case 8 -> image.getCalibration().getCValue(BYTE);
      case 16 -> image.getCalibration().getCValue(SHORT);
      default -> image.getProcessor().getStats().max;
    };
  }
}
