package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.solver.RichardsonLucy;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Arrays;

/**
 * The range of intensities that the sharp image behind a measurement is expected to have.
 *
 * @param black the background's intensity
 * @param white the intensity of the brightest structures, above black
 */
public record IntensityRange(double black, double white) {

  /** Share of the pixels that are darker than the background's level. */
  private static final double DARK_SHARE = 0.01;

  /**
   * Iterations of deconvolution before the brightest value is read: a blur lowers the peaks of fine
   * structures several times, and these many bring most of that back. On the test images of the
   * project, blurred by 2 pixels, with noise of 5 %, the result is 0.8 to 1.1 times the true range.
   */
  private static final int ITERATIONS = 20;

  /**
   * Estimates the range from a measurement.
   *
   * <p>Black is the 1 % quantile of A^T y / A^T 1, the measurement averaged over the blur once
   * more, so that its noise hardly counts; white is the maximum after some iterations of
   * Richardson-Lucy.
   *
   * @param measurement y
   * @param operator the operator that made it
   * @param scope where the tensors live
   * @throws IllegalArgumentException if nothing in the measurement is brighter than its background,
   *     or the operator is not linear: the message asks for the range
   */
  public static IntensityRange estimate(
      Measurement measurement, ForwardOperator operator, NDManager scope) {
    if (!(operator instanceof LinearOperator linear)) {
      throw new IllegalArgumentException(
          "The range of the sharp image's intensities can't be estimated from such a measurement."
              + " Set intensity_low and intensity_high to the intensities of its background and"
              + " of its brightest structures.");
    }
    return estimate(measurement, linear, scope);
  }

  private static IntensityRange estimate(
      Measurement measurement, LinearOperator operator, NDManager scope) {
    Shape shape = new Shape(1).addAll(measurement.shape());
    NDArray y = DeviceArrays.copyOf(scope, measurement.values(), shape);
    NDArray averaged = operator.adjoint(y).div(operator.adjoint(y.onesLike()));
    double black = quantile(averaged.toFloatArray(), DARK_SHARE);
    NDArray sharp = RichardsonLucy.deconvolve(operator, y.sub((float) black), ITERATIONS);
    double white = black + sharp.max().getFloat();
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
