package io.github.posteriorj.command;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.operator.AiryDisk;
import io.github.posteriorj.operator.BornWolf;
import io.github.posteriorj.operator.PointSpreadFunction;
import io.github.posteriorj.operator.RadialProfile;
import java.util.Locale;

/**
 * A point spread function as commands ask for it.
 *
 * @param name one of the names below
 * @param sigma for a Gaussian: standard deviation in pixels
 * @param wavelength in nanometres
 * @param numericalAperture the objective's
 * @param refractiveIndex of the immersion medium
 * @param defocus in micrometres
 * @param pixelSize in micrometres, 0 to take it from the image's calibration
 */
public record PsfModel(
    String name,
    double sigma,
    double wavelength,
    double numericalAperture,
    double refractiveIndex,
    double defocus,
    double pixelSize) {

  /** An image of the point spread function. */
  public static final String IMAGE = "image";

  /** A Gaussian. */
  public static final String GAUSSIAN = "Gaussian";

  /** An Airy disk: in focus. */
  public static final String AIRY = "Airy";

  /** Born and Wolf's: out of focus. */
  public static final String BORN_WOLF = "Born-Wolf";

  private static final double NANOMETRES = 1e-3;

  /**
   * The point spread function on the pixels of an image.
   *
   * @param image the image to blur, or the blurred one
   * @param measured an image of the point spread function, or null if none was given
   * @throws IllegalArgumentException if something is missing or out of its range; the message says
   *     what
   */
  public PointSpreadFunction on(ImagePlus image, ImagePlus measured) {
    return switch (name) {
      case IMAGE -> ofMeasured(measured);
      case GAUSSIAN -> PointSpreadFunction.gaussian(sigma);
      case AIRY -> ofProfile(new AiryDisk(wavelength * NANOMETRES, numericalAperture), image);
      default ->
          ofProfile(
              new BornWolf(wavelength * NANOMETRES, numericalAperture, refractiveIndex, defocus),
              image);
    };
  }

  /**
   * The point spread function that an image shows, which may be constant.
   *
   * @param key the parameter that names the image in macros
   * @throws IllegalArgumentException if there is no such image, or its values are none of a point
   *     spread function; the message says what to do
   */
  public static PointSpreadFunction ofImage(ImagePlus image, String key) {
    return PointSpreadFunction.of(
        Planes.pixels(InputPlane.readAsItIs(image, key)), image.getWidth(), image.getHeight());
  }

  private static PointSpreadFunction ofMeasured(ImagePlus measured) {
    if (measured == null) {
      throw new IllegalArgumentException(
          "There is no image of the point spread function. Give one in psf=[...], or choose"
              + " psf_model=Gaussian, Airy or Born-Wolf.");
    }
    return ofImage(measured, "psf");
  }

  private PointSpreadFunction ofProfile(RadialProfile profile, ImagePlus image) {
    int largest = Math.min(image.getWidth(), image.getHeight());
    double micrometres = pixelSize > 0 ? pixelSize : micrometres(image.getCalibration());
    return PointSpreadFunction.of(profile, micrometres, largest);
  }

  private static double micrometres(Calibration calibration) {
    String unit = calibration.getUnit().toLowerCase(Locale.ROOT);
    double factor =
        switch (unit) {
          case "\u00b5m", "um", "micron", "microns", "micrometer", "micrometre" -> 1;
          case "nm", "nanometer", "nanometre" -> NANOMETRES;
          case "mm", "millimeter", "millimetre" -> 1000;
          default ->
              throw new IllegalArgumentException(
                  "The image's pixel size is not known in micrometres: its unit is \""
                      + calibration.getUnit()
                      + "\". Set it in Image > Properties, or give pixel_size in micrometres.");
        };
    return calibration.pixelWidth * factor;
  }
}
