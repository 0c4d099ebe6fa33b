package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;

/**
 * What a detector far behind the sample sees of coherent light: the magnitude of the Fourier
 * transform, without its phase.
 *
 * <p>A(x)(k) = |sum_p x(p) exp(-2 pi i (k, p / n))| / sqrt(n_1 n_2), over a frame of n_1 x n_2
 * pixels that is the image with zeros around it. The zero frequency lies at the frame's middle, row
 * n_1 / 2 and column n_2 / 2, rounded down. With the square root in front, noise in the image and
 * noise in the measurement have one scale.
 *
 * <p>The image, shifted on the frame or turned by 180 degrees (the twin image), has the same
 * measurement: only the prior tells them apart. Where the magnitude is 0 it has a kink, and the
 * gradient is taken to be 0.
 *
 * <p>Source: Chung et al., "Diffusion posterior sampling for general noisy inverse problems", ICLR
 * 2023, appendix D: zeros of a quarter of the image's size on each side, which they call an
 * oversampling of 2.
 *
 * @param padding zeros on each side as a share of the image's size, 0 or more, rounded to whole
 *     pixels
 */
public record FourierMagnitude(double padding) implements ForwardOperator {

  /** The papers' padding: a quarter of the size on each side. */
  public static final double QUARTER = 0.25;

  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  /**
   * The magnitude of the Fourier transform of a padded image.
   *
   * @throws IllegalArgumentException if the padding is negative, above 4, or not a number
   */
  public FourierMagnitude {
    if (!(padding >= 0 && padding <= 4)) {
      throw new IllegalArgumentException(
          "The padding must be from 0 to 4 times the image's size on each side, not "
              + padding
              + ".");
    }
  }

  @Override
  public NDArray apply(NDArray x) {
    ImageSize size = ImageSize.ofEach(x);
    long height = padded(size.height());
    long width = padded(size.width());
    // Where on the frame the image lies does not matter to the magnitude: here it is the corner.
    NDArray magnitude = x.fft2(new long[] {height, width}, new long[] {ROWS, COLUMNS}).abs();
    NDArray scale = DeviceArrays.constant(x.getManager(), 1 / Math.sqrt((double) height * width));
    return centred(centred(magnitude.mul(scale), ROWS), COLUMNS);
  }

  @Override
  public Shape outputShape(Shape x) {
    ImageSize size = ImageSize.of(x);
    return size.withPlanes(padded(size.height()), padded(size.width())).shape();
  }

  @Override
  public Shape inputShape(Shape measurement) {
    ImageSize size = ImageSize.of(measurement);
    return size.withPlanes(unpadded(size.height()), unpadded(size.width())).shape();
  }

  @Override
  public boolean neverSaturates() {
    return true;
  }

  @Override
  public String toString() {
    return "Magnitude of the Fourier transform, padded by " + padding + " of the size on each side";
  }

  private int padded(int size) {
    if (size < 2) {
      throw new IllegalArgumentException(
          "A Fourier transform needs images of at least 2 x 2 pixels.");
    }
    return Math.toIntExact(size + 2 * Math.round(padding * size));
  }

  /** The size whose padded one is given: the padded size grows with it, by 1 or more. */
  private int unpadded(int frame) {
    int size = Math.max(2, (int) (frame / (1 + 2 * padding)) - 1);
    while (padded(size) < frame) {
      size++;
    }
    if (padded(size) != frame) {
      throw new IllegalArgumentException(
          ("No image, padded by %s of its size on each side, has a Fourier magnitude of %d pixels a"
                  + " side. The nearest are %d for an image of %d pixels, and %d for one of %d.")
              .formatted(padding, frame, padded(size - 1), size - 1, padded(size), size));
    }
    return size;
  }

  /** Moves the first place of an axis to its middle. */
  private static NDArray centred(NDArray array, int axis) {
    long size = array.getShape().get(axis);
    long half = (size + 1) / 2;
    NDArray second = array.get(new NDIndex().addAllDim(axis).addSliceDim(half, size));
    NDArray first = array.get(new NDIndex().addAllDim(axis).addSliceDim(0, half));
    return second.concat(first, axis);
  }
}
