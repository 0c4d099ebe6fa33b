package io.github.posteriorj.operator;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.analysis.interpolation.SplineInterpolator;

/**
 * Integrals of a radial profile over square pixels around its middle, by Gauss-Legendre quadrature.
 *
 * @param profile what is integrated
 * @param pixelSize side of a pixel, in the profile's unit of length
 * @param reach pixels from the middle one to the last
 */
record PixelIntegral(RadialProfile profile, double pixelSize, int reach) {

  /** Points of the table on a length over which the profile changes much. */
  private static final int TABLE_DENSITY = 32;

  /** Points of the table on the other side of the middle, where a spline's end would disturb. */
  private static final int MARGIN = 16;

  private static final int FEWEST_POINTS = 6;

  /** One value for each of (2 reach + 1)^2 pixels, row after row. */
  double[] weights() {
    UnivariateFunction intensity = tabulated();
    int points = FEWEST_POINTS + 2 * (int) Math.ceil(pixelSize / profile.detail());
    GaussIntegrator rule = new GaussIntegratorFactory().legendre(points, -0.5, 0.5);
    int size = 2 * reach + 1;
    double[] weights = new double[size * size];
    for (int row = 0; row <= reach; row++) {
      for (int column = 0; column <= row; column++) {
        double weight = integral(intensity, row, column, rule);
        // The pattern is round: eight pixels share one value.
        for (int y : new int[] {reach - row, reach + row}) {
          for (int x : new int[] {reach - column, reach + column}) {
            weights[y * size + x] = weight;
            weights[x * size + y] = weight;
          }
        }
      }
    }
    return weights;
  }

  private double integral(UnivariateFunction intensity, int row, int column, GaussIntegrator rule) {
    return rule.integrate(
        y -> rule.integrate(x -> intensity.value(pixelSize * Math.hypot(column + x, row + y))));
  }

  /** The profile as a cubic spline: its intensity may take long to compute. */
  private UnivariateFunction tabulated() {
    double farthest = pixelSize * (reach + 1) * Math.sqrt(2);
    double step = Math.min(profile.detail(), farthest) / TABLE_DENSITY;
    int length = (int) Math.ceil(farthest / step) + 1 + MARGIN;
    double[] radii = new double[length];
    double[] intensities = new double[length];
    for (int i = 0; i < length; i++) {
      radii[i] = (i - MARGIN) * step;
      intensities[i] = profile.intensity(Math.abs(radii[i]));
    }
    return new SplineInterpolator().interpolate(radii, intensities);
  }
}
