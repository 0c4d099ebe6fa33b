package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * A forward operator A: what an instrument makes of a sharp image, without its noise.
 *
 * <p>Operators are differentiable, take batches, and give the same measurement of the same image
 * each time. They make all tensors in the scope of their input, and keep none.
 */
public interface ForwardOperator {

  /**
   * Predicts the measurement of an image.
   *
   * @param x [N, C, H, W], any size
   * @return A(x), of the shape that {@link #outputShape} gives; it lives in the scope of x
   */
  NDArray apply(NDArray x);

  /**
   * The size of the measurement of an image of a given size.
   *
   * @param x [C, H, W]
   * @return the measurement's size, without the batch
   * @throws IllegalArgumentException if the operator takes no such images
   */
  Shape outputShape(Shape x);

  /**
   * The size of the images whose measurement has a given size: the inverse of {@link #outputShape}.
   * Unless an operator says otherwise, images and measurements have the same size.
   *
   * @param measurement the measurement's size, without the batch
   * @return x, [C, H, W], with {@code outputShape(x)} equal to the given size
   * @throws IllegalArgumentException if no image has such a measurement
   */
  default Shape inputShape(Shape measurement) {
    return measurement;
  }

  /**
   * An operator that predicts alike near a measurement, and whose gradient does not vanish where
   * its prediction is far from it, so that a descent finds its way from anywhere. Chains look for
   * their start by it; samples are drawn with the operator itself. Most operators are their own
   * relaxation.
   *
   * @param measurement y, in the order of the output shape
   */
  default ForwardOperator relaxed(float[] measurement) {
    return this;
  }

  /**
   * The linear operator L of an affine one, A(x) = L x + A(0).
   *
   * @return empty if the operator is not affine
   */
  default Optional<LinearOperator> linearPart() {
    return Optional.empty();
  }

  /**
   * The response of each pixel, where that is all that the operator is.
   *
   * @return empty if a value of the measurement depends on several pixels, or not on its pixel by
   *     an affine law with limits, or if pixels differ
   */
  default Optional<PixelResponse> pixelResponse() {
    return Optional.empty();
  }

  /** Whether the operator is a camera that clips each pixel by itself, and nothing else. */
  default boolean clipsPixels() {
    return linearPart().isEmpty() && pixelResponse().isPresent();
  }

  /**
   * Whether it is known that nothing saturates: each value that changes with a dark image changes
   * with a bright one, too, so that no image is left without a gradient. A camera that clips does
   * not promise that, nor does a network that decides.
   */
  default boolean neverSaturates() {
    return linearPart().isPresent();
  }
}
