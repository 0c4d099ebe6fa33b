package io.github.posteriorj.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the noise of a camera grows with the light: variance = slope x mean + intercept, estimated
 * from one image.
 *
 * <p>The slope is the camera's gain, in intensity units a photon; the line's value at the intensity
 * of no light is the read noise's variance.
 *
 * <p>Windows of the image are sorted into level sets of about equal brightness. Each has a robust
 * noise level, the median of the absolute values of its diagonal wavelet coefficients divided by
 * that of |N(0, 1)|, and the line is fitted to their squares by least squares, weighted by the
 * inverse of the fitted variance squared, level sets far off the line counting less and less
 * (Huber's weights).
 *
 * <p>Source: Foi, Trimeche, Katkovnik and Egiazarian, "Practical Poissonian-Gaussian noise modeling
 * and fitting for single-image raw-data", IEEE Trans. Image Processing 2008 (level sets, robust
 * levels, the line); the fit here is weighted least squares in place of their likelihood.
 *
 * @param slope intensity units a photon
 * @param intercept the line's variance at intensity 0, in squared intensity units
 */
public record VarianceLine(double slope, double intercept) {

  /** Windows of a level set: its variance then has a relative standard error of about a fifth. */
  private static final int LEVEL_SET = 128;

  private static final int FEWEST_LEVEL_SETS = 6;

  private static final int FITS = 20;

  /** Huber's constant: residuals of more standard errors count less. */
  private static final double HUBER = 1.345;

  /**
   * Standard error of a robust variance, relative to it, times the root of the number of values.
   */
  private static final double ROBUST_ERROR = 2 * 1.1664;

  /**
   * Estimates the line.
   *
   * @param pixels an image, X running fastest; windows with a NaN are left out
   * @throws IllegalArgumentException if the image is too small
   */
  public static VarianceLine estimate(float[] pixels, int width, int height) {
    WaveletDetails details = WaveletDetails.of(pixels, width, height);
    int windows = details.coefficients().length;
    if (windows < FEWEST_LEVEL_SETS * LEVEL_SET) {
      throw new IllegalArgumentException(
          "The image is too small to estimate how its noise grows with its brightness: it needs"
              + " about 60 x 60 observed pixels. Set camera_gain and read_sigma.");
    }
    int[] order =
        IntStream.range(0, windows)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> details.means()[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int sets = windows / LEVEL_SET;
    double[] means = new double[sets];
    double[] variances = new double[sets];
    for (int set = 0; set < sets; set++) {
      int first = (int) ((long) set * windows / sets);
      int end = (int) ((long) (set + 1) * windows / sets);
      double[] members = new double[end - first];
      for (int i = first; i < end; i++) {
        means[set] += details.means()[order[i]] / members.length;
        members[i - first] = details.coefficients()[order[i]];
      }
      variances[set] = Math.pow(NoiseLevel.robustDeviation(members), 2);
    }
    return fit(means, variances);
  }

  private static VarianceLine fit(double[] means, double[] variances) {
    double[] weights = new double[means.length];
    Arrays.fill(weights, 1);
    VarianceLine line = weighted(means, variances, weights);
    double floor = 1e-3 * Arrays.stream(variances).average().orElseThrow();
    for (int fit = 0; fit < FITS; fit++) {
      for (int i = 0; i < weights.length; i++) {
        double expected = Math.max(line.at(means[i]), floor);
        double error = expected * ROBUST_ERROR / Math.sqrt(LEVEL_SET);
        double residual = Math.abs(variances[i] - line.at(means[i])) / error;
        weights[i] = Math.min(1, HUBER / residual) / (error * error);
      }
      line = weighted(means, variances, weights);
    }
    return line;
  }

  private static VarianceLine weighted(double[] x, double[] y, double[] weights) {
    double sum = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      sum += weights[i];
      meanX += weights[i] * x[i];
      meanY += weights[i] * y[i];
    }
    meanX /= sum;
    meanY /= sum;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += weights[i] * (x[i] - meanX) * (x[i] - meanX);
      xy += weights[i] * (x[i] - meanX) * (y[i] - meanY);
    }
    double slope = xx > 0 ? xy / xx : 0;
    return new VarianceLine(slope, meanY - slope * meanX);
  }

  /** The noise's variance at an intensity. */
  public double at(double intensity) {
    return slope * intensity + intercept;
  }
}
