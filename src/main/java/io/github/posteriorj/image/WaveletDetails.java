package io.github.posteriorj.image;

import java.util.Arrays;

/**
 * The diagonal wavelet coefficients of an image's finest scale, with the mean intensity around
 * each.
 *
 * <p>The wavelet is Daubechies' with four coefficients: smooth structure leaves hardly a trace in
 * its diagonal coefficients, while white noise of standard deviation sigma keeps that standard
 * deviation. Windows with a NaN are left out.
 *
 * <p>Source: Daubechies, "Ten Lectures on Wavelets", 1992, section 6.4.
 *
 * @param coefficients one for each window of 4 x 4 pixels, two pixels apart
 * @param means the mean intensity in and around each window
 */
record WaveletDetails(double[] coefficients, double[] means) {

  private static final double ROOT_3 = Math.sqrt(3);

  private static final double NORM = 4 * Math.sqrt(2);

  /** (1 - r3, r3 - 3, 3 + r3, -1 - r3) / 4 r2. */
  private static final double[] HIGH_PASS = {
    (1 - ROOT_3) / NORM, (ROOT_3 - 3) / NORM, (3 + ROOT_3) / NORM, (-1 - ROOT_3) / NORM
  };

  /** Pixels from a window to the end of the square over which its mean is taken. */
  private static final int MARGIN = 2;

  /**
   * Takes the coefficients of an image.
   *
   * @param pixels X running fastest
   */
  static WaveletDetails of(float[] pixels, int width, int height) {
    int taps = HIGH_PASS.length;
    int windows = Math.max(0, (width - taps) / 2 + 1) * Math.max(0, (height - taps) / 2 + 1);
    double[] coefficients = new double[windows];
    double[] means = new double[windows];
    int count = 0;
    for (int y = 0; y + taps <= height; y += 2) {
      for (int x = 0; x + taps <= width; x += 2) {
        double coefficient = coefficient(pixels, width, x, y);
        if (!Double.isNaN(coefficient)) {
          coefficients[count] = coefficient;
          means[count++] = mean(pixels, width, height, x, y);
        }
      }
    }
    return new WaveletDetails(Arrays.copyOf(coefficients, count), Arrays.copyOf(means, count));
  }

  /**
   * The mean of the observed pixels in and around a window: of so many that its own noise, by which
   * windows would be sorted, is a small part of the image's.
   */
  private static double mean(float[] pixels, int width, int height, int x, int y) {
    int end = HIGH_PASS.length + MARGIN;
    double sum = 0;
    int count = 0;
    for (int row = Math.max(0, y - MARGIN); row < Math.min(height, y + end); row++) {
      for (int column = Math.max(0, x - MARGIN); column < Math.min(width, x + end); column++) {
        float pixel = pixels[row * width + column];
        if (!Float.isNaN(pixel)) {
          sum += pixel;
          count++;
        }
      }
    }
    return sum / count;
  }

  private static double coefficient(float[] pixels, int width, int x, int y) {
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
}
