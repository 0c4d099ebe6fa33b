package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.SeparableTransform;

/**
 * Binning by the mean: each pixel of the measurement is the mean of a square of f x f pixels of the
 * image, [C, H, W] to [C, H / f, W / f].
 *
 * <p>A A^T = I / f^2, so that the pseudo-inverse is f^2 A^T: it repeats each pixel f x f times.
 *
 * @param factor f, the square's side in pixels; both sides of an image must be multiples of it
 */
public record AveragePooling(int factor) implements PseudoInvertible {

  /**
   * Binning by a factor.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public AveragePooling {
    if (factor < 1) {
      throw new IllegalArgumentException(
          "The factor of the pooling must be 1 or more, not " + factor + ".");
    }
  }

  @Override
  public NDArray apply(NDArray x) {
    Shape shape = x.getShape();
    Shape pooled = outputShape(shape.slice(1));
    return x.reshape(shape.get(0), shape.get(1), pooled.get(1), factor, pooled.get(2), factor)
        .mean(new int[] {5})
        .mean(new int[] {3});
  }

  @Override
  public NDArray adjoint(NDArray y) {
    return repeated(y, 1.0 / ((double) factor * factor));
  }

  @Override
  public NDArray pseudoInverse(NDArray y) {
    return repeated(y, 1);
  }

  @Override
  public Shape outputShape(Shape x) {
    long height = x.get(1);
    long width = x.get(2);
    if (height % factor != 0 || width % factor != 0) {
      throw new IllegalArgumentException(
          ("The factor %d does not divide the image's size of %d x %d pixels. Crop the image to a"
                  + " multiple, for example %d x %d, or choose another factor.")
              .formatted(factor, width, height, multipleNear(width), multipleNear(height)));
    }
    return new Shape(x.get(0), height / factor, width / factor);
  }

  @Override
  public Shape inputShape(Shape measurement) {
    return new Shape(measurement.get(0), measurement.get(1) * factor, measurement.get(2) * factor);
  }

  @Override
  public Diagonalisation diagonalisation(NDManager scope, Shape image) {
    int height = Math.toIntExact(image.get(1));
    int width = Math.toIntExact(image.get(2));
    float[] constants = new float[height * width];
    for (int row = 0; row < height; row += factor) {
      for (int column = 0; column < width; column += factor) {
        constants[row * width + column] = 1;
      }
    }
    return new BlockDiagonalisation(
        SeparableTransform.cosineOfBlocks(scope, height, width, factor, factor),
        this,
        DeviceArrays.copyOf(scope, constants, new Shape(1, 1, height, width)));
  }

  @Override
  public String toString() {
    return "Average pooling by " + factor;
  }

  private NDArray repeated(NDArray y, double weight) {
    Shape shape = y.getShape();
    long height = shape.get(2);
    long width = shape.get(3);
    NDArray square =
        y.getManager()
            .ones(new Shape(1, 1, 1, factor, 1, factor))
            .mul(DeviceArrays.constant(y.getManager(), weight));
    return y.reshape(shape.get(0), shape.get(1), height, 1, width, 1)
        .mul(square)
        .reshape(shape.get(0), shape.get(1), height * factor, width * factor);
  }

  /** The largest multiple up to a size, but the factor itself where the size is smaller. */
  private long multipleNear(long size) {
    return Math.max(size / factor, 1) * factor;
  }
}
