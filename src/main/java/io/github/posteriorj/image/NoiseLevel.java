package io.github.posteriorj.image;

import java.util.Arrays;

/**
 * The level of white Gaussian noise in an image, estimated from the image alone.
 *
 * <p>The median of the absolute values of the diagonal wavelet coefficients of the finest scale,
 * divided by 0.6745, the median of |N(0, 1)|: see {@code WaveletDetails}.
 *
 * <p>Coefficients that are exactly zero are left out: they come from regions without any noise,
 * such as a masked or clipped background.
 *
 * <p>Source: Donoho and Johnstone, "Ideal spatial adaptation by wavelet shrinkage", Biometrika
 * 1994, section 5.
 */
public final class NoiseLevel {

  private static final double MEDIAN_OF_ABSOLUTE_NORMAL = 0.6744897501960817;

  private NoiseLevel() {}

  /**
   * Estimates the noise's standard deviation.
   *
   * @param pixels an image, X running fastest; around NaN nothing is read
   * @param width its width, at least 4
   * @param height its height, at least 4
   * @return the standard deviation in the image's units; 0 if the image shows no noise at all
   */
  public static double estimate(float[] pixels, int width, int height) {
    double[] noisy =
        Arrays.stream(WaveletDetails.of(pixels, width, height).coefficients())
            .filter(coefficient -> coefficient != 0)
            .toArray();
    return noisy.length == 0 ? 0 : robustDeviation(noisy);
  }

  /** The standard deviation of centred normal numbers, from the median of their absolute values. */
  static double robustDeviation(double[] values) {
    double[] magnitudes = new double[values.length];
    Arrays.setAll(magnitudes, i -> Math.abs(values[i]));
    Arrays.parallelSort(magnitudes);
    int count = magnitudes.length;
    return (magnitudes[(count - 1) / 2] + magnitudes[count / 2]) / 2 / MEDIAN_OF_ABSOLUTE_NORMAL;
  }
}
