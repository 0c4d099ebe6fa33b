package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ImageProcessor;

/**
 * The values of a gray image as its camera stored them, whatever intensities an intensity
 * calibration makes of them. Signed numbers of 16 bits, which ImageJ stores with an offset, are
 * what they are.
 *
 * @param values row after row
 * @param limit the highest value that the image's type holds: 255, 65535, signed 32767, or infinity
 *     for 32 bits
 * @param calibration of the image's intensities
 */
public record StoredValues(float[] values, float limit, Calibration calibration) {

  private static final int BYTE = 255;
  private static final int SHORT = 65535;

  /** What ImageJ adds to signed numbers of 16 bits to store them without a sign. */
  private static final int SIGN_OFFSET = 32768;

  /** Copies the values of an image's current plane. */
  public static StoredValues of(ImagePlus image) {
    ImageProcessor plane = image.getProcessor();
    Calibration calibration = image.getCalibration();
    float[] values = new float[plane.getPixelCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = plane.getf(i) - offset(calibration);
    }
    float limit =
        switch (image.getBitDepth()) {
          case 8 -> BYTE;
          case 16 -> SHORT - offset(calibration);
          default -> Float.POSITIVE_INFINITY;
        };
    return new StoredValues(values, limit, calibration);
  }

  /** The intensity that a stored value stands for. */
  public double intensity(float value) {
    return calibration.getCValue(value + offset(calibration));
  }

  private static int offset(Calibration calibration) {
    return calibration.isSigned16Bit() ? SIGN_OFFSET : 0;
  }
}
