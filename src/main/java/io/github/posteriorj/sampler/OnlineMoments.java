package io.github.posteriorj.sampler;

/**
 * Mean and variance of images that arrive one after another, in constant memory.
 *
 * <p>Source: Welford, "Note on a method for calculating corrected sums of squares and products",
 * Technometrics 1962. The variance is the unbiased one, with n - 1 in the denominator.
 */
public final class OnlineMoments {

  private final double[] mean;
  private final double[] squares;
  private long count;

  /** Moments of images of the given number of pixels. */
  public OnlineMoments(int pixels) {
    mean = new double[pixels];
    squares = new double[pixels];
  }

  /**
   * Takes one image in.
   *
   * @param image as many pixels as were given to begin with
   */
  public void add(float[] image) {
    count++;
    for (int i = 0; i < mean.length; i++) {
      double before = image[i] - mean[i];
      mean[i] += before / count;
      squares[i] += before * (image[i] - mean[i]);
    }
  }

  /** The mean, in a new array; zero without images. */
  public float[] mean() {
    return toFloats(mean, 1);
  }

  /** The variance, in a new array; NaN with fewer than two images. */
  public float[] variance() {
    return toFloats(squares, count < 2 ? Double.NaN : 1.0 / (count - 1));
  }

  private static float[] toFloats(double[] values, double factor) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) (values[i] * factor);
    }
    return floats;
  }
}
