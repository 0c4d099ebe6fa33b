package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Fourier;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.SeparableTransform;

/**
 * Blur by any point spread function, with a reflecting border: (A x)(p) = sum_q k(q) x(p - q).
 *
 * <p>Beyond the border the image is mirrored with its edge pixels repeated (d c b a | a b c d), as
 * in {@link GaussianBlur}, so that a constant image stays constant. In matrices, A = R K M: M
 * mirrors, K is a circular convolution on a canvas large enough that nothing wraps around, done by
 * Fourier transforms, and R keeps the image's own pixels. Its adjoint A^T = M^T K^T R^T puts zeros
 * around, correlates, and folds the border back.
 *
 * @param psf k, which may not be larger than the image
 */
public record MirroredConvolution(PointSpreadFunction psf) implements LinearOperator {

  @Override
  public NDArray apply(NDArray x) {
    Canvas canvas = new Canvas(x);
    NDArray spectrum = canvas.spectrum(canvas.rows().matMul(x).matMul(canvas.columns()));
    return canvas.image(spectrum.mul(canvas.transfer())).get(canvas.window());
  }

  @Override
  public NDArray adjoint(NDArray y) {
    Canvas canvas = new Canvas(y);
    NDArray correlated = canvas.image(canvas.spectrum(y).mul(canvas.transfer().conj()));
    return canvas.rows().swapAxes(2, 3).matMul(correlated).matMul(canvas.columns().swapAxes(2, 3));
  }

  @Override
  public Shape outputShape(Shape x) {
    psf.requireFits(ImageSize.of(x));
    return x;
  }

  @Override
  public Diagonalisation diagonalisation(NDManager scope, Shape image) {
    int height = ImageSize.of(image).height();
    int width = ImageSize.of(image).width();
    Shape twice = new Shape(1, 1, 2L * height, 2L * width);
    float[] power;
    try (NDManager passing = scope.newSubManager()) {
      NDArray kernel = DeviceArrays.copyOf(passing, psf.wrapped(2 * height, 2 * width), twice);
      power = Fourier.spectrum(kernel, 2L * height, 2L * width).abs().square().toFloatArray();
    }
    float[] waves = new float[height * width];
    for (int i = 0; i < waves.length; i++) {
      int row = i / width;
      int column = i % width;
      // A product of cosines is the sum of a wave that falls and one that rises.
      int opposite = (2 * height - row) % (2 * height);
      waves[i] = (power[row * (width + 1) + column] + power[opposite * (width + 1) + column]) / 2;
    }
    return new CosineDiagonalisation(
        SeparableTransform.cosine(scope, height, width),
        DeviceArrays.copyOf(scope, waves, new Shape(1, 1, height, width)));
  }

  @Override
  public String toString() {
    return "Convolution, reflecting border, " + psf;
  }

  /** Where images of one size have room for the mirrored border; the image is at its start. */
  private final class Canvas {

    private final NDManager scope;
    private final int height;
    private final int width;
    private final int canvasHeight;
    private final int canvasWidth;

    Canvas(NDArray image) {
      scope = image.getManager();
      ImageSize size = ImageSize.ofEach(image);
      psf.requireFits(size);
      height = size.height();
      width = size.width();
      canvasHeight = Math.toIntExact(Fourier.fastLength(height + psf.height() - 1));
      canvasWidth = Math.toIntExact(Fourier.fastLength(width + psf.width() - 1));
    }

    NDArray rows() {
      float[] mirror = mirror(height, canvasHeight, psf.originRow(), psf.height());
      return DeviceArrays.copyOf(scope, mirror, new Shape(1, 1, canvasHeight, height));
    }

    NDArray columns() {
      float[] mirror = mirror(width, canvasWidth, psf.originColumn(), psf.width());
      return DeviceArrays.copyOf(scope, mirror, new Shape(1, 1, canvasWidth, width)).swapAxes(2, 3);
    }

    NDArray transfer() {
      Shape shape = new Shape(1, 1, canvasHeight, canvasWidth);
      return spectrum(DeviceArrays.copyOf(scope, psf.wrapped(canvasHeight, canvasWidth), shape));
    }

    NDArray spectrum(NDArray x) {
      return Fourier.spectrum(x, canvasHeight, canvasWidth);
    }

    NDArray image(NDArray spectrum) {
      return Fourier.image(spectrum, canvasHeight, canvasWidth);
    }

    NDIndex window() {
      return new NDIndex().addAllDim(2).addSliceDim(0, height).addSliceDim(0, width);
    }

    /**
     * The matrix that mirrors one axis: behind the image what a kernel reaches there, at the
     * canvas's end, which is before the image because the canvas wraps around, what it reaches
     * before.
     */
    private static float[] mirror(int size, int canvas, int origin, int kernel) {
      float[] matrix = new float[canvas * size];
      for (int i = origin - kernel + 1; i < size + origin; i++) {
        int folded = Math.floorMod(i, 2 * size);
        int source = folded < size ? folded : 2 * size - 1 - folded;
        matrix[Math.floorMod(i, canvas) * size + source] = 1;
      }
      return matrix;
    }
  }
}
