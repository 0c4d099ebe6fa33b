package io.github.posteriorj.metric;

/**
 * Peak signal-to-noise ratio: 10 log10(peak^2 / mean((image - truth)^2)), in decibels; the peak is
 * the range of the truth, its maximum minus its minimum.
 */
public final class PeakSignalToNoise {

  private PeakSignalToNoise() {}

  /**
   * Compares an image with the truth.
   *
   * @return the ratio in decibels; infinite for equal images
   * @throws IllegalArgumentException if the images differ in size, or the truth is constant
   */
  public static double of(float[] image, float[] truth) {
    if (image.length != truth.length) {
      throw new IllegalArgumentException("The image and the truth differ in size.");
    }
    double squares = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < image.length; i++) {
      double error = image[i] - truth[i];
      squares += error * error;
      least = Math.min(least, truth[i]);
      greatest = Math.max(greatest, truth[i]);
    }
    if (!(greatest > least)) {
      throw new IllegalArgumentException("The truth is a constant image: it has no range.");
    }
    double peak = greatest - least;
    return 10 * Math.log10(peak * peak * image.length / squares);
  }
}
