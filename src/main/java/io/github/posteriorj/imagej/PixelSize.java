package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.image.LengthUnit;
import java.util.Optional;

/**
 * The size of an image's pixels on the sample.
 *
 * @param width in micrometres
 * @param height in micrometres
 */
public record PixelSize(double width, double height) {

  /** Pixel sizes that are given in two files often differ by their last digit. */
  private static final double TOLERANCE = 0.02;

  /** What the image's calibration says, or empty if it has no unit of length. */
  public static Optional<PixelSize> of(ImagePlus image) {
    Calibration calibration = image.getCalibration();
    return LengthUnit.named(calibration.getXUnit())
        .map(
            unit ->
                new PixelSize(
                    calibration.pixelWidth * unit.micrometres(),
                    calibration.pixelHeight
                        * LengthUnit.named(calibration.getYUnit()).orElse(unit).micrometres()));
  }

  /**
   * The width of an image's pixels in micrometres, for what needs square ones.
   *
   * @throws IllegalArgumentException if it is not known, or the pixels are not square; the message
   *     says what to do
   */
  public static double ofSquarePixels(ImagePlus image) {
    PixelSize size =
        of(image)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The image's pixel size is not known in micrometres: its unit is \""
                            + image.getCalibration().getUnit()
                            + "\". Set it to nm, um, mm, cm, m or inch in Image > Properties, or"
                            + " give pixel_size in micrometres."));
    if (!size.isSquare()) {
      throw new IllegalArgumentException(
          ("The image's pixels are not square but %s. A computed point spread function needs square"
                  + " ones: correct their size in Image > Properties, make them square by Image >"
                  + " Scale..., or give pixel_size.")
              .formatted(size));
    }
    return size.width();
  }

  /** Whether width and height are alike to 2 %. */
  public boolean isSquare() {
    return alike(width, height);
  }

  /** Whether both are alike to 2 %. */
  public boolean isLike(PixelSize other) {
    return alike(width, other.width) && alike(height, other.height);
  }

  /** In micrometres, for people. */
  @Override
  public String toString() {
    return isSquare()
        ? "%s \u00b5m".formatted((float) width)
        : "%s x %s \u00b5m".formatted((float) width, (float) height);
  }

  private static boolean alike(double a, double b) {
    return Math.abs(a - b) <= TOLERANCE * Math.max(a, b);
  }
}
