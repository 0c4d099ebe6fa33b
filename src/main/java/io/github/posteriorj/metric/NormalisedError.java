package io.github.posteriorj.metric;

/**
 * The normalised root mean square error: sqrt(mean((image - truth)^2)) over the range of the truth,
 * its maximum minus its minimum. PSNR tells the same in decibels: -20 log10 of it.
 */
public final class NormalisedError {

  private NormalisedError() {}

  /**
   * Compares an image with the truth.
   *
   * @return 0 for equal images
   * @throws IllegalArgumentException if the images differ in size, or the truth is constant
   */
  public static double of(float[] image, float[] truth) {
    return Math.pow(10, -PeakSignalToNoise.of(image, truth) / 20);
  }
}
