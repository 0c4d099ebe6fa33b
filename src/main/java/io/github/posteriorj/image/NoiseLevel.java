package io.github.posteriorj.image;

import java.util.Arrays;

/**
 * The level of white Gaussian noise in an image, estimated from the image alone.
 *
 * <p>The median of the absolute values of the diagonal wavelet coefficients of the finest scale,
 * divided by 0.6745, the median of |N(0, 1)|. The wavelet is Daubechies' with four coefficients:
 * smooth structure leaves hardly a trace in its diagonal coefficients, while white noise of
 * standard deviation sigma keeps that standard deviation.
 *
 * <p>Coefficients that are exactly zero are left out: they come from regions without any noise,
 * such as a masked or clipped background.
 *
 * <p>Source: Donoho and Johnstone, "Ideal spatial adaptation by wavelet shrinkage", Biometrika
 * 1994, section 5 (the estimator); Daubechies, "Ten Lectures on Wavelets", 1992, section 6.4 (the
 * filter).
 */
public final class NoiseLevel {

  private static final double MEDIAN_OF_ABSOLUTE_NORMAL = 0.6744897501960817;

  /**
   * Daubechies' high-pass filter of four coefficients: (1 - r3, r3 - 3, 3 + r3, -1 - r3) / 4 r2.
   */
  private static final double[] HIGH_PASS = highPass();

  private NoiseLevel() {}

  /**
   * Estimates the noise's standard deviation.
   *
   * @param pixels an image, X running fastest
   * @param width its width, at least 4
   * @param height its height, at least 4
   * @return the standard deviation in the image's units; 0 if the image shows no noise at all
   */
  public static double estimate(float[] pixels, int width, int height) {
    int taps = HIGH_PASS.length;
    double[] magnitudes = new double[((width - taps) / 2 + 1) * ((height - taps) / 2 + 1)];
    int count = 0;
    for (int y = 0; y + taps <= height; y += 2) {
      for (int x = 0; x + taps <= width; x += 2) {
        double magnitude = Math.abs(diagonalCoefficient(pixels, width, x, y));
        if (magnitude > 0) {
          magnitudes[count++] = magnitude;
        }
      }
    }
    return count == 0 ? 0 : median(magnitudes, count) / MEDIAN_OF_ABSOLUTE_NORMAL;
  }

  private static double diagonalCoefficient(float[] pixels, int width, int x, int y) {
    // The filter takes no notice of a constant; without it a flat region gives exactly zero.
    double constant = pixels[y * width + x];
    double sum = 0;
    for (int row = 0; row < HIGH_PASS.length; row++) {
      double rowSum = 0;
      for (int column = 0; column < HIGH_PASS.length; column++) {
        rowSum += HIGH_PASS[column] * (pixels[(y + row) * width + x + column] - constant);
      }
      sum += HIGH_PASS[row] * rowSum;
    }
    return sum;
  }

  private static double median(double[] values, int count) {
    Arrays.sort(values, 0, count);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
  }

  private static double[] highPass() {
    double root3 = Math.sqrt(3);
    double norm = 4 * Math.sqrt(2);
    return new double[] {
      (1 - root3) / norm, (root3 - 3) / norm, (3 + root3) / norm, (-1 - root3) / norm
    };
  }
}
