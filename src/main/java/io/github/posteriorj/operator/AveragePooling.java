package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;
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
    ImageSize pooled = pooled(ImageSize.ofEach(x));
    return x.reshape(-1, pooled.channels(), pooled.height(), factor, pooled.width(), factor)
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
    return pooled(ImageSize.of(x)).shape();
  }

  private ImageSize pooled(ImageSize image) {
    int height = image.height();
    int width = image.width();
    if (height % factor != 0 || width % factor != 0) {
      throw new IllegalArgumentException(
          ("The factor %d does not divide the image's size of %d x %d pixels. Crop the image to a"
                  + " multiple, for example %d x %d, or choose another factor.")
              .formatted(factor, width, height, multipleNear(width), multipleNear(height)));
    }
    return image.withPlanes(height / factor, width / factor);
  }

  @Override
  public Shape inputShape(Shape measurement) {
    ImageSize size = ImageSize.of(measurement);
    return size.withPlanes(size.height() * factor, size.width() * factor).shape();
  }

  @Override
  public Diagonalisation diagonalisation(NDManager scope, Shape image) {
    int height = ImageSize.of(image).height();
    int width = ImageSize.of(image).width();
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
    ImageSize size = ImageSize.ofEach(y);
    NDArray square =
        y.getManager()
            .ones(new Shape(1, 1, 1, factor, 1, factor))
            .mul(DeviceArrays.constant(y.getManager(), weight));
    return y.reshape(-1, size.channels(), size.height(), 1, size.width(), 1)
        .mul(square)
        .reshape(-1, size.channels(), size.height() * factor, size.width() * factor);
  }

  /** The largest multiple up to a size, but the factor itself where the size is smaller. */
  private int multipleNear(int size) {
    return Math.max(size / factor, 1) * factor;
  }
}
