package io.github.posteriorj.operator;

import io.github.posteriorj.tensor.ImageSize;
import java.util.Arrays;

/**
 * The image of a point: how an instrument spreads light over the pixels around.
 *
 * <p>Its values sum to 1, so that blurring keeps the amount of light. Its origin, the pixel that a
 * point's light is counted to, is the pixel nearest to the centre of mass of its positive values:
 * so blurring moves nothing by more than half a pixel on average, whatever the shape, and noise in
 * a measured one moves the origin less than it moves the maximum.
 *
 * <pre>{@code
 * PointSpreadFunction measured = PointSpreadFunction.of(pixels, width, height);
 * PointSpreadFunction airy = PointSpreadFunction.of(new AiryDisk(0.52, 1.4), 0.065, 127);
 * }</pre>
 */
public final class PointSpreadFunction {

  /** Standard deviations from the middle of a Gaussian to its end; beyond are 0.6 millionths. */
  private static final int GAUSSIAN_REACH = 5;

  private static final double WIDEST_GAUSSIAN = 200;

  /** Below this many pixels, a centre of mass between two pixels counts as midway. */
  private static final double MIDWAY = 1e-6;

  private final float[] values;
  private final int width;
  private final int height;
  private final int originColumn;
  private final int originRow;

  private PointSpreadFunction(double[] weights, int width, int height) {
    this.width = width;
    this.height = height;
    double total = Arrays.stream(weights).sum();
    this.values = new float[weights.length];
    double mass = 0;
    double column = 0;
    double row = 0;
    for (int i = 0; i < weights.length; i++) {
      values[i] = (float) (weights[i] / total);
      double positive = Math.max(weights[i], 0);
      mass += positive;
      column += positive * (i % width);
      row += positive * (i / width);
    }
    this.originColumn = nearest(column / mass);
    this.originRow = nearest(row / mass);
  }

  /**
   * A point spread function from an image of it, of any size, odd or even.
   *
   * @param weights one number a pixel, row after row, in any units, the background at 0
   * @throws IllegalArgumentException if there are more or fewer numbers than pixels, one is not
   *     finite, or their sum is not positive; each with a message of its own
   */
  public static PointSpreadFunction of(float[] weights, int width, int height) {
    if (width < 1 || height < 1 || weights.length != (long) width * height) {
      throw new IllegalArgumentException(
          "A point spread function of %d x %d pixels cannot have %d values."
              .formatted(width, height, weights.length));
    }
    double[] copy = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "The point spread function's value at (%d, %d) is %s. Use an image of finite numbers."
                .formatted(i % width, i / width, weights[i]));
      }
      copy[i] = weights[i];
      sum += weights[i];
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException(
          ("The point spread function's values sum to %s, but the sum must be positive: it is the"
                  + " light of a point. Subtract less background from it.")
              .formatted(sum == 0 ? "0" : Double.toString(sum)));
    }
    return new PointSpreadFunction(copy, width, height);
  }

  /**
   * A Gaussian, proportional to exp(-(x^2 + y^2) / (2 sigma^2)) at the pixels' middles.
   *
   * @param sigma standard deviation in pixels
   * @throws IllegalArgumentException if it is not a positive number up to 200
   */
  public static PointSpreadFunction gaussian(double sigma) {
    if (!(sigma > 0 && sigma <= WIDEST_GAUSSIAN)) {
      throw new IllegalArgumentException(
          "The standard deviation of the point spread function must be a positive number of pixels"
              + " up to 200, not "
              + sigma
              + ".");
    }
    int reach = (int) Math.ceil(GAUSSIAN_REACH * sigma);
    int size = 2 * reach + 1;
    double[] weights = new double[size * size];
    for (int i = 0; i < weights.length; i++) {
      double x = (i % size - reach) / sigma;
      double y = (i / size - reach) / sigma;
      weights[i] = Math.exp(-(x * x + y * y) / 2);
    }
    return new PointSpreadFunction(weights, size, size);
  }

  /**
   * The light that each of a camera's pixels collects of a round pattern: its intensity, integrated
   * over the pixel's area.
   *
   * @param profile the pattern's intensity
   * @param pixelSize side of a pixel on the sample, in the profile's unit of length
   * @param largest most pixels a side; a pattern that reaches further is cut there
   * @throws IllegalArgumentException if the pixel size is not a positive number, one pixel holds
   *     the whole pattern, or largest is below 1
   */
  public static PointSpreadFunction of(RadialProfile profile, double pixelSize, int largest) {
    if (!(pixelSize > 0) || !Double.isFinite(pixelSize)) {
      throw new IllegalArgumentException(
          "The pixel size must be a positive number, not "
              + pixelSize
              + ". Set it in Image > Properties.");
    }
    if (pixelSize > profile.reach()) {
      throw new IllegalArgumentException(
          ("One pixel of size %s holds the whole pattern, which reaches %s from its middle. Give"
                  + " both in the same unit of length.")
              .formatted(pixelSize, profile.reach()));
    }
    if (largest < 1) {
      throw new IllegalArgumentException(
          "A point spread function needs at least one pixel a side, not " + largest + ".");
    }
    int reach = (int) Math.min(Math.ceil(profile.reach() / pixelSize), (largest - 1) / 2);
    int size = 2 * reach + 1;
    return new PointSpreadFunction(
        new PixelIntegral(profile, pixelSize, reach).weights(), size, size);
  }

  /** Its columns. */
  public int width() {
    return width;
  }

  /** Its rows. */
  public int height() {
    return height;
  }

  /** The column of its origin, counted from 0. */
  public int originColumn() {
    return originColumn;
  }

  /** The row of its origin, counted from 0. */
  public int originRow() {
    return originRow;
  }

  /** Its values, row after row; they sum to 1. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public String toString() {
    return "PSF of " + width + " x " + height + " pixels";
  }

  /**
   * The values on a larger canvas that wraps around, with the origin at the first pixel, as Fourier
   * transforms want them.
   */
  float[] wrapped(long canvasHeight, long canvasWidth) {
    int rows = Math.toIntExact(canvasHeight);
    int columns = Math.toIntExact(canvasWidth);
    float[] canvas = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      int row = Math.floorMod(i / width - originRow, rows);
      int column = Math.floorMod(i % width - originColumn, columns);
      canvas[row * columns + column] = values[i];
    }
    return canvas;
  }

  /**
   * Checks that an image is large enough.
   *
   * @throws IllegalArgumentException if the image has fewer rows or columns
   */
  public void requireFits(ImageSize image) {
    if (height > image.height() || width > image.width()) {
      throw new IllegalArgumentException(
          ("The point spread function has %d x %d pixels, more than the image with its %d x %d."
                  + " Crop it around its bright part, or choose a larger image.")
              .formatted(width, height, image.width(), image.height()));
    }
  }

  /** Rounds; midway, where an even size puts the centre of a symmetric function, down. */
  private static int nearest(double centre) {
    return (int) Math.ceil(centre - 0.5 - MIDWAY);
  }
}
