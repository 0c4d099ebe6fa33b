package io.github.posteriorj.metric;

/**
 * The means of an image over square regions side by side; an incomplete one at the right or lower
 * border is left out.
 *
 * <p>What a scientist measures is seldom one pixel: the spread of region means also depends on how
 * the errors of neighbours hang together.
 *
 * @param width of the images, in pixels
 * @param height of the images
 * @param side of the regions
 */
public record RegionMeans(int width, int height, int side) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the side is not positive, or no region fits into the image
   */
  public RegionMeans {
    if (side < 1 || side > Math.min(width, height)) {
      throw new IllegalArgumentException(
          "A region of %d x %d pixels does not fit into an image of %d x %d."
              .formatted(side, side, width, height));
    }
  }

  /**
   * Takes the means of an image.
   *
   * @param image width x height pixels, row by row
   * @return [regions], row by row
   */
  public float[] of(float[] image) {
    int columns = width / side;
    int rows = height / side;
    double[] sums = new double[columns * rows];
    for (int y = 0; y < rows * side; y++) {
      for (int x = 0; x < columns * side; x++) {
        sums[y / side * columns + x / side] += image[y * width + x];
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / ((double) side * side));
    }
    return means;
  }
}
