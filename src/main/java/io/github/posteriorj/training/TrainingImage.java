package io.github.posteriorj.training;

import java.util.Arrays;

/**
 * A sharp image to learn from.
 *
 * @param name what to call it in messages
 * @param pixels channel after channel, X running fastest, in units of its own
 * @param channels number of channels
 * @param width in pixels
 * @param height in pixels
 */
public record TrainingImage(String name, float[] pixels, int channels, int width, int height) {

  /**
   * Checks the pixels.
   *
   * @throws IllegalArgumentException if some are not finite, or all are equal
   */
  public TrainingImage {
    int notFinite = 0;
    boolean constant = true;
    for (float value : pixels) {
      notFinite += Float.isFinite(value) ? 0 : 1;
      constant &= value == pixels[0];
    }
    if (notFinite > 0) {
      throw new IllegalArgumentException(
          "\"%s\" has %d pixel(s) that are NaN or infinite. Replace them first, or leave it out."
              .formatted(name, notFinite));
    }
    if (constant) {
      throw new IllegalArgumentException(
          "\"%s\" is constant: every pixel is %s. There is nothing to learn from it."
              .formatted(name, pixels[0]));
    }
  }

  /**
   * The image in a model's range: the given share of the pixels is darker than the range's low end,
   * and the same share brighter than its high end. Values beyond are mapped by the same line, not
   * clipped.
   *
   * @param share a quantile below 0.5
   * @param low the model's value for black
   * @param high the model's value for white
   */
  TrainingImage scaled(double share, double low, double high) {
    float[] sorted = pixels.clone();
    Arrays.sort(sorted);
    int beyond = (int) Math.floor(share * (sorted.length - 1));
    double black = sorted[beyond];
    double white = sorted[sorted.length - 1 - beyond];
    if (!(black < white)) {
      // Less than the share is structure: a few bright dots on a constant background.
      black = sorted[0];
      white = sorted[sorted.length - 1];
    }
    float[] scaled = new float[pixels.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (low + (high - low) * (pixels[i] - black) / (white - black));
    }
    return new TrainingImage(name, scaled, channels, width, height);
  }
}
