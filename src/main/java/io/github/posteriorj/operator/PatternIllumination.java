package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;

/**
 * Light that is not even: (A x)(p) = w(p) x(p), with a weight w for each pixel, alike in all
 * channels. For lines, stripes, vignetting, or the efficiency of each camera pixel.
 *
 * <p>The pseudo-inverse divides by the weight, and is 0 where the weight is 0.
 */
public final class PatternIllumination implements PseudoInvertible {

  private final int width;
  private final int height;
  private final float[] weights;
  private final float[] inverseWeights;

  /**
   * A pattern of light.
   *
   * @param weights one number a pixel, row after row
   * @throws IllegalArgumentException if there are more or fewer numbers than pixels, one is not
   *     finite, or all are 0
   */
  public PatternIllumination(float[] weights, int width, int height) {
    if (weights.length != (long) width * height) {
      throw new IllegalArgumentException(
          "A pattern of %d x %d pixels has %d values, not %d."
              .formatted(width, height, (long) width * height, weights.length));
    }
    this.width = width;
    this.height = height;
    this.weights = weights.clone();
    this.inverseWeights = new float[weights.length];
    boolean dark = true;
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "The pattern's value at (%d, %d) is %s. Use a pattern of finite numbers."
                .formatted(i % width, i / width, weights[i]));
      }
      inverseWeights[i] = weights[i] == 0 ? 0 : 1 / weights[i];
      dark &= weights[i] == 0;
    }
    if (dark) {
      throw new IllegalArgumentException(
          "The pattern is 0 at all pixels: nothing is left to restore from.");
    }
  }

  @Override
  public NDArray apply(NDArray x) {
    return weighted(x, weights);
  }

  @Override
  public NDArray adjoint(NDArray y) {
    return weighted(y, weights);
  }

  @Override
  public NDArray pseudoInverse(NDArray y) {
    return weighted(y, inverseWeights);
  }

  @Override
  public Shape outputShape(Shape x) {
    requireSize(x.get(2), x.get(1));
    return x;
  }

  @Override
  public String toString() {
    return "Pattern illumination, " + width + " x " + height + " pixels";
  }

  private NDArray weighted(NDArray x, float[] factors) {
    requireSize(x.getShape().get(3), x.getShape().get(2));
    return x.mul(DeviceArrays.copyOf(x.getManager(), factors, new Shape(1, 1, height, width)));
  }

  private void requireSize(long imageWidth, long imageHeight) {
    if (imageWidth != width || imageHeight != height) {
      throw new IllegalArgumentException(
          ("The pattern has %d x %d pixels, but the image has %d x %d. Use a pattern of the image's"
                  + " size.")
              .formatted(width, height, imageWidth, imageHeight));
    }
  }
}
