package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Fourier;
import io.github.posteriorj.tensor.ImageSize;

/**
 * Blur by any point spread function, with a border that wraps around: (A x)(p) = sum_q k(q) x(p -
 * q), the image repeated to all sides.
 *
 * <p>Microscopes have no such border ({@link MirroredConvolution} comes closer), but Fourier
 * transforms make it diagonal, so that its pseudo-inverse is exact. Frequencies that the blur
 * weakens to less than {@value #TOLERANCE} of the strongest count as lost.
 *
 * @param psf k, which may not be larger than the image
 */
public record CircularConvolution(PointSpreadFunction psf) implements PseudoInvertible {

  /** Some ten times the rounding of float32's Fourier transforms. */
  private static final double TOLERANCE = 1e-5;

  @Override
  public NDArray apply(NDArray x) {
    return filtered(x, transfer(x));
  }

  @Override
  public NDArray adjoint(NDArray y) {
    return filtered(y, transfer(y).conj());
  }

  @Override
  public NDArray pseudoInverse(NDArray y) {
    return filtered(y, Fourier.pseudoInverse(transfer(y), TOLERANCE));
  }

  @Override
  public Shape outputShape(Shape x) {
    psf.requireFits(ImageSize.of(x));
    return x;
  }

  @Override
  public String toString() {
    return "Circular convolution, " + psf;
  }

  private static NDArray filtered(NDArray x, NDArray transfer) {
    ImageSize size = ImageSize.ofEach(x);
    NDArray spectrum = Fourier.spectrum(x, size.height(), size.width());
    return Fourier.image(spectrum.mul(transfer), size.height(), size.width());
  }

  /** The spectrum of the point spread function, for images of the size of x. */
  private NDArray transfer(NDArray x) {
    NDManager scope = x.getManager();
    ImageSize size = ImageSize.ofEach(x);
    psf.requireFits(size);
    NDArray kernel =
        DeviceArrays.copyOf(
            scope,
            psf.wrapped(size.height(), size.width()),
            new Shape(1, 1, size.height(), size.width()));
    return Fourier.spectrum(kernel, size.height(), size.width());
  }
}
