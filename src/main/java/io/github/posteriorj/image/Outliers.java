package io.github.posteriorj.image;

import io.github.posteriorj.progress.Progress;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Pixels that stand out of their surroundings alone, further than noise and sharper than an
 * objective lets a point of light: hot and dead pixels of a camera, cosmic rays.
 *
 * <p>A pixel is one if it is more than 10 standard deviations of the noise above or below the
 * median of the 24 pixels around, their slope taken off, and hardly any of them comes with it: the
 * third of them, the noise allowed for, has not the fifteenth part of its height. So small groups
 * are found, too, while points of light whose Gaussian has a standard deviation of 0.6 pixels or
 * more, and lines as wide, are not taken for outliers.
 *
 * <p>The noise is that of the whole image, or of the surroundings where these vary more. Where more
 * than one pixel in a hundred stands out so, the image is made of such points, and has no outliers.
 *
 * <p>Compare the edge detection of van Dokkum, "Cosmic-Ray Rejection by Laplacian Edge Detection",
 * PASP 2001, which asks for the same two things.
 */
public final class Outliers {

  /** Pixels from the middle of the surroundings to their border. */
  private static final int REACH = 2;

  private static final double NOISE_LEVELS = 10;

  /** Share of an outlier's height above which the third pixel around belongs to a structure. */
  private static final double SHARE_AROUND = 1.0 / 15;

  /** How far the third of 24 pixels may be from their median by noise, in standard deviations. */
  private static final double NOISE_AROUND = 2;

  /** Which of the pixels around counts in the order of their heights, as a share of them. */
  private static final double COUNTED_AROUND = 3.0 / 24;

  private static final int FEWEST_AROUND = 8;

  /** Of fewer differences, as across the border of the image, a slope is not known. */
  private static final int FEWEST_DIFFERENCES = 6;

  private static final int SIDE = 2 * REACH + 1;

  private static final double LARGEST_SHARE = 0.01;

  /** So many are looked at within a second. */
  private static final int PIXELS_OF_PART = 1 << 18;

  private final float[] pixels;
  private final int width;
  private final int height;
  private final double noise;

  private Outliers(float[] pixels, int width, int height) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    this.noise = NoiseLevel.estimate(pixels, width, height);
  }

  /**
   * Finds them.
   *
   * @param pixels an image, X running fastest; NaN where nothing is known
   * @param listener hears of parts that were looked at, and may end it
   * @return for each pixel, whether it is an outlier
   * @throws java.util.concurrent.CancellationException if the listener ends it
   */
  public static boolean[] find(float[] pixels, int width, int height, Progress listener) {
    Outliers image = new Outliers(pixels, width, height);
    boolean[] found = new boolean[pixels.length];
    int rows = Math.max(1, PIXELS_OF_PART / width);
    int parts = (height + rows - 1) / rows;
    for (int part = 0; part < parts; part++) {
      IntStream.range(part * rows, Math.min(height, (part + 1) * rows))
          .parallel()
          .forEach(row -> image.findInRow(row, found));
      listener.advanced("Looking for outliers", part + 1, parts);
    }
    int count = 0;
    for (boolean outlying : found) {
      count += outlying ? 1 : 0;
    }
    return count <= LARGEST_SHARE * pixels.length ? found : new boolean[pixels.length];
  }

  private void findInRow(int row, boolean[] found) {
    for (int pixel = row * width; pixel < (row + 1) * width; pixel++) {
      found[pixel] = !Float.isNaN(pixels[pixel]) && standsOut(pixel);
    }
  }

  private boolean standsOut(int pixel) {
    double[] square = around(pixel);
    double[] right = slopes(square, 1);
    double[] down = slopes(square, SIDE);
    // Most pixels are so near to all around that no median is needed to tell.
    double most =
        farthest(pixels[pixel], square) + REACH * (mostOfMedian(right) + mostOfMedian(down));
    if (most <= NOISE_LEVELS * noise) {
      return false;
    }
    double[] around = withoutSlope(square, slope(right), slope(down));
    if (around.length < FEWEST_AROUND) {
      return false;
    }
    double distance = Math.abs(pixels[pixel] - RobustLevel.median(around));
    if (distance <= NOISE_LEVELS * noise) {
      return false;
    }
    RobustLevel level = RobustLevel.of(around);
    double deviation = Math.max(noise, level.deviation());
    double excess = pixels[pixel] - level.median();
    double side = Math.signum(excess);
    double[] heights =
        Arrays.stream(around).map(value -> side * (value - level.median())).sorted().toArray();
    int counted = (int) Math.round(COUNTED_AROUND * heights.length);
    double third = heights[heights.length - counted];
    double height = Math.abs(excess);
    return height > NOISE_LEVELS * deviation
        && third - NOISE_AROUND * deviation < SHARE_AROUND * height;
  }

  /** The square around a pixel; NaN for the pixel itself, and for what is not in the image. */
  private double[] around(int pixel) {
    double[] values = new double[SIDE * SIDE];
    int firstRow = pixel / width - REACH;
    int firstColumn = pixel % width - REACH;
    for (int i = 0; i < values.length; i++) {
      int row = firstRow + i / SIDE;
      int column = firstColumn + i % SIDE;
      boolean inside = row >= 0 && row < height && column >= 0 && column < width;
      int neighbour = row * width + column;
      values[i] = inside && neighbour != pixel ? pixels[neighbour] : Double.NaN;
    }
    return values;
  }

  /** How far off the farthest of the known values is. */
  private static double farthest(double value, double[] square) {
    double farthest = 0;
    for (double other : square) {
      double distance = Math.abs(value - other);
      farthest = distance > farthest ? distance : farthest;
    }
    return farthest;
  }

  /** Half of the numbers are as large as their median: it is at most twice the mean magnitude. */
  private static double mostOfMedian(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += Math.abs(number);
    }
    return 2 * sum / Math.max(1, numbers.length);
  }

  /** The known values of a square, without its slope: the median of those of pixels near by. */
  private static double[] withoutSlope(double[] square, double right, double down) {
    double[] values = new double[square.length];
    int count = 0;
    for (int i = 0; i < square.length; i++) {
      if (!Double.isNaN(square[i])) {
        values[count++] = square[i] - right * (i % SIDE - REACH) - down * (i / SIDE - REACH);
      }
    }
    return Arrays.copyOf(values, count);
  }

  private static double slope(double[] slopes) {
    return slopes.length < FEWEST_DIFFERENCES ? 0 : RobustLevel.median(slopes);
  }

  /**
   * The slopes along rows or columns, of pixels two apart.
   *
   * @param step from a pixel to the next one that way
   */
  private static double[] slopes(double[] square, int step) {
    double[] slopes = new double[square.length];
    int count = 0;
    for (int i = 0; i < square.length; i++) {
      boolean isInside = i / step % SIDE + 2 < SIDE;
      double slope = isInside ? (square[i + 2 * step] - square[i]) / 2 : Double.NaN;
      if (!Double.isNaN(slope)) {
        slopes[count++] = slope;
      }
    }
    return Arrays.copyOf(slopes, count);
  }
}
