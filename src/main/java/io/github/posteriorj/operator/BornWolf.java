package io.github.posteriorj.operator;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.special.BesselJ;

/**
 * The image of a point out of focus through a circular aperture:
 *
 * <p>I(r) = |2 int_0^1 J_0(v rho) exp(-i u rho^2 / 2) rho d rho|^2, with v = 2 pi NA r / wavelength
 * and u = 2 pi NA^2 z / (n wavelength), relative to the brightest point in focus.
 *
 * <p>Scalar and paraxial: good for a numerical aperture well below the refractive index.
 *
 * <p>Source: Born and Wolf, Principles of Optics, 7th edition, section 8.8.1.
 *
 * @param wavelength of the detected light in vacuum, in any unit of length
 * @param numericalAperture the objective's NA
 * @param refractiveIndex n of the immersion medium, above NA
 * @param defocus z, the point's distance from the plane in focus, in the same unit of length
 */
public record BornWolf(
    double wavelength, double numericalAperture, double refractiveIndex, double defocus)
    implements RadialProfile {

  /** Gauss-Legendre points beside one for each radian that the integrand turns. */
  private static final int POINTS = 16;

  private static final GaussIntegratorFactory INTEGRATORS = new GaussIntegratorFactory();

  /**
   * The out-of-focus image of a point.
   *
   * @throws IllegalArgumentException if one of the first three numbers is not positive, the defocus
   *     is not finite, or the aperture is not below the refractive index; the message says which
   */
  public BornWolf {
    AiryDisk.requirePositive("wavelength", wavelength);
    AiryDisk.requireAperture(numericalAperture);
    AiryDisk.requirePositive("refractive index", refractiveIndex);
    if (!Double.isFinite(defocus)) {
      throw new IllegalArgumentException(
          "The defocus must be a finite number, not " + defocus + ".");
    }
    if (numericalAperture >= refractiveIndex) {
      throw new IllegalArgumentException(
          "The numerical aperture must be below the refractive index of the immersion medium, but "
              + numericalAperture
              + " is not below "
              + refractiveIndex
              + ". Air has 1, water 1.33, glycerol 1.47, oil 1.515.");
    }
  }

  @Override
  public double intensity(double radius) {
    double wavenumber = 2 * Math.PI / wavelength;
    double v = wavenumber * numericalAperture * radius;
    double u = wavenumber * numericalAperture * numericalAperture * defocus / refractiveIndex;
    int points = POINTS + (int) Math.ceil(v + Math.abs(u) / 2);
    GaussIntegrator integrator = INTEGRATORS.legendre(points, 0, 1);
    double real =
        integrator.integrate(rho -> BesselJ.value(0, v * rho) * Math.cos(u * rho * rho / 2) * rho);
    double imaginary =
        integrator.integrate(rho -> BesselJ.value(0, v * rho) * Math.sin(u * rho * rho / 2) * rho);
    return 4 * (real * real + imaginary * imaginary);
  }

  @Override
  public double reach() {
    return AiryDisk.REACH * wavelength / numericalAperture
        + Math.abs(defocus) * numericalAperture / refractiveIndex;
  }

  @Override
  public double detail() {
    return wavelength / (4 * numericalAperture);
  }
}
