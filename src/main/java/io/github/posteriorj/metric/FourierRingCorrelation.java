package io.github.posteriorj.metric;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * How alike two images are at each spatial frequency: over the frequencies F of a ring,
 *
 * <p>FRC = sum Re(F_1 conj(F_2)) / sqrt(sum |F_1|^2 sum |F_2|^2).
 *
 * <p>The images' means are taken off, their borders faded out by a Hann window, and zeros put
 * around them to a square whose side is a power of two, L. Ring r has the frequencies whose
 * distance to 0 is r when it is rounded, in units of 1 / L cycles a pixel.
 *
 * <p>Sources: Saxton and Baumeister, "The correlation averaging of a regularly arranged bacterial
 * cell envelope protein", J. Microscopy 1982; for light microscopy Nieuwenhuizen et al., "Measuring
 * image resolution in optical nanoscopy", Nature Methods 2013, with the threshold 1/7.
 *
 * @param correlations of the rings 0 to L / 2
 * @param side L
 */
public record FourierRingCorrelation(double[] correlations, int side) {

  private static final double THRESHOLD = 1.0 / 7;

  /**
   * Compares two images.
   *
   * @param image X running fastest
   * @param other of the same size
   * @param width their width
   * @throws IllegalArgumentException if the images differ in size
   */
  public static FourierRingCorrelation of(float[] image, float[] other, int width) {
    if (image.length != other.length) {
      throw new IllegalArgumentException("The images differ in size.");
    }
    int height = image.length / width;
    int side = Integer.highestOneBit(2 * Math.max(width, height) - 1);
    // One transform serves both: the second image is the imaginary part of the first.
    double[][][] rows = new double[side][2][side];
    put(rows, 0, image, width);
    put(rows, 1, other, width);
    return new FourierRingCorrelation(rings(transformed(rows)), side);
  }

  private static void put(double[][][] rows, int part, float[] image, int width) {
    int height = image.length / width;
    double mean = 0;
    for (float value : image) {
      mean += value / image.length;
    }
    for (int i = 0; i < image.length; i++) {
      rows[i / width][part][i % width] =
          (image[i] - mean) * hann(i % width, width) * hann(i / width, height);
    }
  }

  private static double hann(int place, int length) {
    double sine = Math.sin(Math.PI * (place + 0.5) / length);
    return sine * sine;
  }

  private static double[][][] transformed(double[][][] rows) {
    double[][][] columns = new double[rows.length][2][rows.length];
    for (int y = 0; y < rows.length; y++) {
      transform(rows[y]);
      for (int x = 0; x < rows.length; x++) {
        columns[x][0][y] = rows[y][0][x];
        columns[x][1][y] = rows[y][1][x];
      }
    }
    for (double[][] column : columns) {
      transform(column);
    }
    return columns;
  }

  private static void transform(double[][] values) {
    FastFourierTransformer.transformInPlace(
        values, DftNormalization.STANDARD, TransformType.FORWARD);
  }

  private static double[] rings(double[][][] waves) {
    int side = waves.length;
    double[] products = new double[side / 2 + 1];
    double[] squares = new double[products.length];
    double[] otherSquares = new double[products.length];
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        int ring = (int) Math.round(Math.hypot(frequency(x, side), frequency(y, side)));
        if (ring < products.length) {
          double[][] here = waves[x];
          double[][] opposite = waves[(side - x) % side];
          int mirrored = (side - y) % side;
          // Of Z = F_1 + i F_2: F_1 = (Z + conj(Z')) / 2, F_2 = (Z - conj(Z')) / 2i.
          double real = (here[0][y] + opposite[0][mirrored]) / 2;
          double imaginary = (here[1][y] - opposite[1][mirrored]) / 2;
          double otherReal = (here[1][y] + opposite[1][mirrored]) / 2;
          double otherImaginary = (opposite[0][mirrored] - here[0][y]) / 2;
          products[ring] += real * otherReal + imaginary * otherImaginary;
          squares[ring] += real * real + imaginary * imaginary;
          otherSquares[ring] += otherReal * otherReal + otherImaginary * otherImaginary;
        }
      }
    }
    double[] correlations = new double[products.length];
    for (int ring = 0; ring < correlations.length; ring++) {
      correlations[ring] = products[ring] / Math.sqrt(squares[ring] * otherSquares[ring]);
    }
    return correlations;
  }

  private static int frequency(int index, int side) {
    return index <= side / 2 ? index : index - side;
  }

  /**
   * The finest period at which the images are alike, in pixels: one over the frequency where the
   * correlation first falls below 1/7, between rings by a straight line. It is 2, the shortest
   * period of pixels, where it never does.
   */
  public double resolution() {
    for (int ring = 1; ring < correlations.length; ring++) {
      // Rings without a wave in either image are none.
      if (!(correlations[ring] >= THRESHOLD)) {
        double before = ring == 1 ? 1 : correlations[ring - 1];
        double here = Double.isNaN(correlations[ring]) ? 0 : correlations[ring];
        double frequency = ring - 1 + (before - THRESHOLD) / (before - here);
        return side / frequency;
      }
    }
    return 2;
  }
}
