package io.github.posteriorj.metric;

/**
 * The structural similarity of two images: the mean, over all places of an 11 x 11 Gaussian window
 * of standard deviation 1.5 pixels that fits into the image, of
 *
 * <p>(2 m_x m_y + C1) (2 s_xy + C2) / ((m_x^2 + m_y^2 + C1) (s_x^2 + s_y^2 + C2)),
 *
 * <p>with the weighted means m, variances s^2 and covariance s_xy in the window, C1 = (0.01 L)^2,
 * C2 = (0.03 L)^2, and L the range of the truth, its maximum minus its minimum. Intensities count
 * from the truth's minimum, so that a background added to both images changes nothing.
 *
 * <p>Source: Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility
 * to structural similarity", IEEE Trans. Image Processing 2004, equation 13.
 */
public final class StructuralSimilarity {

  private static final int SIZE = 11;
  private static final double SIGMA = 1.5;
  private static final double K1 = 0.01;
  private static final double K2 = 0.03;
  private static final double[] WINDOW = window();

  private StructuralSimilarity() {}

  /**
   * Compares an image with the truth.
   *
   * @param image X running fastest
   * @param truth of the same size
   * @param width their width, at least 11
   * @return 1 for equal images, less for others
   * @throws IllegalArgumentException if the images differ in size or are smaller than the window,
   *     or the truth is constant
   */
  public static double of(float[] image, float[] truth, int width) {
    int height = truth.length / width;
    if (image.length != truth.length) {
      throw new IllegalArgumentException("The image and the truth differ in size.");
    }
    if (width < SIZE || height < SIZE) {
      throw new IllegalArgumentException(
          "Structural similarity needs images of at least %d x %d pixels, not %d x %d."
              .formatted(SIZE, SIZE, width, height));
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (float value : truth) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (!(greatest > least)) {
      throw new IllegalArgumentException("The truth is a constant image: it has no range.");
    }
    double sum = 0;
    int places = 0;
    for (int y = 0; y + SIZE <= height; y++) {
      for (int x = 0; x + SIZE <= width; x++) {
        sum += at(image, truth, width, x, y, least, greatest - least);
        places++;
      }
    }
    return sum / places;
  }

  private static double at(
      float[] image, float[] truth, int width, int x, int y, double least, double range) {
    double meanA = 0;
    double meanB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        double weight = WINDOW[row] * WINDOW[column];
        double a = image[(y + row) * width + x + column] - least;
        double b = truth[(y + row) * width + x + column] - least;
        meanA += weight * a;
        meanB += weight * b;
        squaresA += weight * a * a;
        squaresB += weight * b * b;
        products += weight * a * b;
      }
    }
    double c1 = K1 * K1 * range * range;
    double c2 = K2 * K2 * range * range;
    double varianceA = squaresA - meanA * meanA;
    double varianceB = squaresB - meanB * meanB;
    double covariance = products - meanA * meanB;
    return (2 * meanA * meanB + c1)
        * (2 * covariance + c2)
        / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
  }

  private static double[] window() {
    double[] window = new double[SIZE];
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      double distance = (i - SIZE / 2) / SIGMA;
      window[i] = Math.exp(-distance * distance / 2);
      sum += window[i];
    }
    for (int i = 0; i < SIZE; i++) {
      window[i] /= sum;
    }
    return window;
  }
}
