package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.github.posteriorj.progress.Progress;

/**
 * Richardson-Lucy deconvolution with total-variation regularisation: each iteration's estimate is
 * divided by 1 - lambda div(grad x / |grad x|), which takes noise out of what is even and leaves
 * edges.
 *
 * <p>Source: Dey et al., "Richardson-Lucy algorithm with total variation regularization for 3D
 * confocal microscope deconvolution", Microscopy Research and Technique 2006, equation 9.
 *
 * @param iterations the most iterations, at least 1
 * @param discrepancy the misfit to stop at, 0 or more: 1 is what the noise explains
 * @param smoothing lambda, 0 or more, below 0.25
 */
public record RichardsonLucyTv(int iterations, double discrepancy, double smoothing)
    implements PointEstimate {

  /** The curvature of a spot of one pixel is 4: with a larger weight the divisor has no sign. */
  private static final double LARGEST_WEIGHT = 0.25;

  /** Slopes below this share of the mean intensity count as none. */
  private static final float FLAT = 1e-3f;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public RichardsonLucyTv {
    Settings.atLeast("iterations", iterations, 1);
    Settings.notNegative("discrepancy", discrepancy);
    Settings.notNegative("smoothing", smoothing);
    if (smoothing >= LARGEST_WEIGHT) {
      throw new IllegalArgumentException(
          "smoothing must be below %s, not %s.".formatted(LARGEST_WEIGHT, smoothing));
    }
  }

  /** The settings that are recommended. */
  public static RichardsonLucyTv standard() {
    return new RichardsonLucyTv(500, 1, 0.002);
  }

  @Override
  public NDArray estimate(LinearMeasurement measured, Progress progress) {
    return new RichardsonLucy(iterations, discrepancy)
        .untilNoiseExplains(
            measured,
            estimate -> estimate.div(curvature(estimate).mul((float) -smoothing).add(1)),
            progress);
  }

  /** div(grad x / |grad x|), with forward differences and no slope across the border. */
  static NDArray curvature(NDArray x) {
    NDArray along = differences(x, 3);
    NDArray across = differences(x, 2);
    NDArray flat = x.mean().mul(FLAT).maximum(Float.MIN_NORMAL);
    NDArray slope = along.square().add(across.square()).sqrt().maximum(flat);
    return divergence(along.div(slope), 3).add(divergence(across.div(slope), 2));
  }

  /** x_(i+1) - x_i, and 0 at the end. */
  private static NDArray differences(NDArray x, int axis) {
    long length = x.getShape().get(axis);
    NDArray steps = part(x, axis, 1, length).sub(part(x, axis, 0, length - 1));
    return steps.concat(part(x, axis, 0, 1).zerosLike(), axis);
  }

  /** v_i - v_(i-1), where nothing comes in at the beginning. */
  private static NDArray divergence(NDArray v, int axis) {
    long length = v.getShape().get(axis);
    NDArray before = part(v, axis, 0, 1).zerosLike().concat(part(v, axis, 0, length - 1), axis);
    return v.sub(before);
  }

  private static NDArray part(NDArray x, int axis, long from, long to) {
    return x.get(new NDIndex().addAllDim(axis).addSliceDim(from, to));
  }
}
