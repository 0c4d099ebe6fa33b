package io.github.posteriorj.command;

import ij.ImagePlus;
import io.github.posteriorj.operator.ClippedGain;

/** The intensity at which an image is saturated. */
public final class SaturationLevel {

  private static final int BYTE = 255;
  private static final int SHORT = 65535;

  private SaturationLevel() {}

  /**
   * A camera that clips: at the levels given, or, if they are equal, below at that level and above
   * at the image's saturation level.
   *
   * @param gain factor of all intensities before they are clipped
   * @param image the measurement, or the image that one is simulated of
   * @throws IllegalArgumentException if gain or levels make no camera
   */
  public static ClippedGain camera(double gain, double low, double high, ImagePlus image) {
    return new ClippedGain(gain, low, low == high ? of(image) : high);
  }

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
