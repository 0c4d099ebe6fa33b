package io.github.posteriorj.operator;

import org.apache.commons.math3.special.BesselJ;

/**
 * The image of a point in focus through a circular aperture: I(r) = (2 J_1(v) / v)^2 with v = 2 pi
 * NA r / wavelength.
 *
 * <p>Source: Born and Wolf, Principles of Optics, 7th edition, section 8.5.2.
 *
 * @param wavelength of the detected light in vacuum, in any unit of length
 * @param numericalAperture the objective's NA, below that of any immersion medium: 1.78
 */
public record AiryDisk(double wavelength, double numericalAperture) implements RadialProfile {

  /** How far the pattern is taken, in units of wavelength / NA: 98 % of the light lie within. */
  static final double REACH = 5;

  /** Refractive index of diiodomethane with sulphur, the densest medium of immersion objectives. */
  private static final double DENSEST_IMMERSION = 1.78;

  /** Below, 2 J_1(v) / v is 1 - v^2 / 8 to the last digit. */
  private static final double NEARLY_ZERO = 1e-4;

  /**
   * The Airy disk of an objective.
   *
   * @throws IllegalArgumentException if one of the numbers is not positive, or the aperture is
   *     larger than any; the message says which
   */
  public AiryDisk {
    requirePositive("wavelength", wavelength);
    requireAperture(numericalAperture);
  }

  @Override
  public double intensity(double radius) {
    double v = 2 * Math.PI * numericalAperture * radius / wavelength;
    double amplitude = v < NEARLY_ZERO ? 1 - v * v / 8 : 2 * BesselJ.value(1, v) / v;
    return amplitude * amplitude;
  }

  @Override
  public double reach() {
    return REACH * wavelength / numericalAperture;
  }

  @Override
  public double detail() {
    return wavelength / (4 * numericalAperture);
  }

  /** Checks a numerical aperture n sin(alpha). */
  static void requireAperture(double numericalAperture) {
    requirePositive("numerical aperture", numericalAperture);
    if (numericalAperture >= DENSEST_IMMERSION) {
      throw new IllegalArgumentException(
          "The numerical aperture must be below the refractive index of the immersion medium, which"
              + " is at most "
              + DENSEST_IMMERSION
              + ", not "
              + numericalAperture
              + ". It is written on the objective beside the magnification, as in 63x/1.4.");
    }
  }

  static void requirePositive(String name, double value) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The " + name + " must be a positive number, not " + value + ".");
    }
  }
}
