package io.github.posteriorj.job;

import io.github.posteriorj.operator.AiryDisk;
import io.github.posteriorj.operator.BornWolf;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.PointSpreadFunction;
import io.github.posteriorj.operator.RadialProfile;

/**
 * A blur by a point spread function that is computed.
 *
 * @param shape which one
 * @param psfSigma for a Gaussian: standard deviation in pixels
 * @param wavelength of the detected light in vacuum, in nanometres
 * @param numericalAperture the objective's
 * @param refractiveIndex of the immersion medium
 * @param defocus in micrometres
 * @param pixelSize in micrometres, 0 to take the measurement's
 */
public record ComputedPsf(
    PsfShape shape,
    double psfSigma,
    double wavelength,
    double numericalAperture,
    double refractiveIndex,
    double defocus,
    double pixelSize)
    implements ForwardModel {

  private static final double MICROMETRES_IN_A_NANOMETRE = 1e-3;

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(this, new MirroredConvolution(of(scene.plane())), scene);
  }

  @Override
  public int reach(MeasuredPlane plane) {
    PointSpreadFunction psf = of(plane);
    return Math.max(psf.width(), psf.height()) / 2;
  }

  private PointSpreadFunction of(MeasuredPlane plane) {
    int largest = Math.min(plane.measurement().width(), plane.measurement().height());
    return on(pixelSize > 0 ? pixelSize : plane.pixelSize().orElse(0), largest);
  }

  /**
   * The point spread function on pixels.
   *
   * @param micrometres the pixels' size, 0 if it is not known
   * @param largest the most pixels a side
   * @throws IllegalArgumentException if a parameter is out of its range, or the pixels' size is
   *     needed and not known
   */
  public PointSpreadFunction on(double micrometres, int largest) {
    double vacuumWavelength = wavelength * MICROMETRES_IN_A_NANOMETRE;
    return switch (shape) {
      case GAUSSIAN -> PointSpreadFunction.gaussian(psfSigma);
      case AIRY -> sampled(new AiryDisk(vacuumWavelength, numericalAperture), micrometres, largest);
      case BORN_WOLF ->
          sampled(
              new BornWolf(vacuumWavelength, numericalAperture, refractiveIndex, defocus),
              micrometres,
              largest);
    };
  }

  private static PointSpreadFunction sampled(
      RadialProfile profile, double micrometres, int largest) {
    if (!(micrometres > 0)) {
      throw new IllegalArgumentException(
          "The image's pixel size is not known in micrometres. Set it in Image > Properties, or"
              + " give pixel_size in micrometres.");
    }
    return PointSpreadFunction.of(profile, micrometres, largest);
  }
}
