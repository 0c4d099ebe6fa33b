package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ImageSize;

/**
 * Light that is not even: (A x)(p) = w(p) x(p), with a weight w for each pixel, alike in all
 * channels. For lines, stripes, vignetting, or the efficiency of each camera pixel.
 *
 * <p>The pseudo-inverse divides by the weight, and is 0 where the weight is 0.
 */
public final class PatternIllumination implements PseudoInvertible {

  private final PixelFactors weights;
  private final PixelFactors inverseWeights;

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
    float[] inverse = new float[weights.length];
    boolean dark = true;
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "The pattern's value at (%d, %d) is %s. Use a pattern of finite numbers."
                .formatted(i % width, i / width, weights[i]));
      }
      inverse[i] = weights[i] == 0 ? 0 : 1 / weights[i];
      dark &= weights[i] == 0;
    }
    if (dark) {
      throw new IllegalArgumentException(
          "The pattern is 0 at all pixels: nothing is left to restore from.");
    }
    this.weights = new PixelFactors("pattern", width, height, weights.clone());
    this.inverseWeights = new PixelFactors("pattern", width, height, inverse);
  }

  @Override
  public NDArray apply(NDArray x) {
    return weights.times(x);
  }

  @Override
  public NDArray adjoint(NDArray y) {
    return weights.times(y);
  }

  @Override
  public NDArray pseudoInverse(NDArray y) {
    return inverseWeights.times(y);
  }

  @Override
  public Shape outputShape(Shape x) {
    weights.requireSize(ImageSize.of(x));
    return x;
  }

  @Override
  public Diagonalisation diagonalisation(NDManager scope, Shape image) {
    return new PixelDiagonalisation(this);
  }

  @Override
  public String toString() {
    return "Pattern illumination, " + weights.width() + " x " + weights.height() + " pixels";
  }
}
