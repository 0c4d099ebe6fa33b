package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.solver.RichardsonLucy;
import java.util.Arrays;

/**
 * The range of intensities that the sharp image behind a measurement is expected to have.
 *
 * @param black the background's intensity
 * @param white the intensity of the brightest structures, above black
 */
public record IntensityRange(double black, double white) {

  /** Share of the pixels taken as background's darker part. */
  private static final double DARK_SHARE = 0.05;

  /** Mean of the darkest twentieth's upper end, in standard deviations of normal noise. */
  private static final double DARK_DEVIATIONS = 1.645;

  private static final double BRIGHT_SHARE = 0.998;

  /**
   * Iterations of deconvolution before the brightest value is read: a blur lowers the peaks of fine
   * structures several times, some iterations bring most of that back, many would raise noise.
   */
  private static final int ITERATIONS = 15;

  /**
   * Estimates the range from a measurement.
   *
   * <p>Black is the 5 % quantile, raised by what the noise lowers it (1.645 standard deviations);
   * white is the 99.8 % quantile after some iterations of Richardson-Lucy.
   *
   * @param measurement y, in its own units, in the order of the shape
   * @param shape [C, H, W]
   * @param operator the blur that made it
   * @param noise the standard deviation of its noise
   * @param scope where the tensors live
   * @throws IllegalArgumentException if nothing in the measurement is brighter than its background
   */
  public static IntensityRange estimate(
      float[] measurement, Shape shape, LinearOperator operator, double noise, NDManager scope) {
    double black = quantile(measurement, DARK_SHARE) + DARK_DEVIATIONS * noise;
    NDArray y = scope.create(measurement, new Shape(1).addAll(shape)).sub((float) black);
    float[] sharp = RichardsonLucy.deconvolve(operator, y, ITERATIONS).toFloatArray();
    double white = black + quantile(sharp, BRIGHT_SHARE);
    if (!(white > black)) {
      throw new IllegalArgumentException(
          "Nothing in the image stands out from its background of "
              + (float) black
              + ". Set intensity_low and intensity_high to the range of the sharp image.");
    }
    return new IntensityRange(black, white);
  }

  private static double quantile(float[] values, double share) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
  }
}
