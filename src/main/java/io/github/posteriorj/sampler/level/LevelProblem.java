package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.operator.PixelResponse;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.stream.IntStream;

/**
 * A measurement, and all that is known of how it came about: y = A(x) with noise, x from a prior.
 *
 * @param prior what the sharp images are like
 * @param operator A, from images in the prior's range to the measurement's units
 * @param likelihood the noise; of what a mask hides best an {@link
 *     io.github.posteriorj.likelihood.ObservedLikelihood}, with a plain one chains move less far
 * @param measurement y, in the order of the operator's output shape
 * @param image the sharp image's size, [C, H, W]
 */
public record LevelProblem(
    ScoredPrior prior,
    ForwardOperator operator,
    Likelihood likelihood,
    float[] measurement,
    Shape image) {

  /**
   * Checks that the measurement is one of such images.
   *
   * @throws IllegalArgumentException if it has not the size of the operator's output, or the prior
   *     makes no such images
   */
  public LevelProblem {
    long values = operator.outputShape(image).size();
    if (values != measurement.length) {
      throw new IllegalArgumentException(
          "The measurement has %d values, but the forward operator predicts %d."
              .formatted(measurement.length, values));
    }
    prior.canvas(image);
    measurement = measurement.clone();
  }

  /** y's size, [...]. */
  public Shape measurementShape() {
    return operator.outputShape(image);
  }

  /**
   * How evenly the measurement tells of the pixels: by A^T W A 1, with the precision W that the
   * noise has where the measurement is the same everywhere. The unevenness is near 1 for a blur,
   * one over the visible share for a mask, and one over the share that is surely within its limits
   * for a camera that clips. All count as seen alike where the operator is of another kind, or is
   * affine and the noise has no variance, since coordinates are learnt there.
   */
  Visibility visibility() {
    return operator.clipsPixels() ? visibilityByCamera() : visibilityByAffine();
  }

  private Visibility visibilityByCamera() {
    PixelResponse camera = operator.pixelResponse().orElseThrow();
    long within =
        IntStream.range(0, measurement.length)
            .filter(i -> !camera.mayBeLow(measurement[i]) && !camera.mayBeHigh(measurement[i]))
            .count();
    return new Visibility(measurement.length / Math.max(1.0, within), 0);
  }

  private Visibility visibilityByAffine() {
    try (NDManager scope = prior.newScope()) {
      Shape measured = new Shape(1).addAll(measurementShape());
      NDArray flat =
          scope.ones(measured).mul(DeviceArrays.copyOf(scope, measurement, measured).mean());
      return operator
          .linearPart()
          .flatMap(
              linear -> likelihood.information(flat).map(weights -> informationOf(linear, weights)))
          .map(Visibility::of)
          .orElse(Visibility.EVEN);
    }
  }

  private float[] informationOf(LinearOperator linear, NDArray weights) {
    NDArray everywhere = weights.getManager().ones(new Shape(1).addAll(image));
    // A kernel may have negative weights.
    return linear.adjoint(linear.apply(everywhere).mul(weights)).abs().toFloatArray();
  }

  /** Where the image lies on the canvas that the prior makes. */
  public Window window() {
    return new Window(prior.canvas(image), image);
  }
}
