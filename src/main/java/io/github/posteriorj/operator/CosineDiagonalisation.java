package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.SeparableTransform;
import java.util.Arrays;

/**
 * Cosine waves as coordinates. For a convolution with a mirrored border, A^T A = U diag(|k|^2) U^T
 * with the power |k|^2 of the kernel's spectrum, where the kernel is symmetric along both axes.
 * Else, and where the weights are not equal, it holds nearly.
 *
 * @param cosines U^T
 * @param power what the operator leaves of the waves, |A u|^2, [1, 1, H, W]
 */
public record CosineDiagonalisation(SeparableTransform cosines, NDArray power)
    implements Diagonalisation {

  /** Images that the power is measured by; it is then averaged over waves of one length. */
  private static final int PROBES = 16;

  /** A stream of random numbers that no chain has. */
  private static final long PROBES_STREAM = -2;

  /**
   * Measures what an operator leaves of the waves: the variance of U^T A^T z for white z, averaged
   * over waves of nearly one length.
   *
   * <p>Source: Bekas, Kokiopoulou and Saad, "An estimator for the diagonal of a matrix", Applied
   * Numerical Mathematics 2007.
   *
   * @param scope where what the coordinates need lives
   * @param image [C, H, W]
   */
  public static CosineDiagonalisation measured(
      LinearOperator operator, NDManager scope, Shape image) {
    ImageSize size = ImageSize.of(image);
    SeparableTransform cosines = SeparableTransform.cosine(scope, size.height(), size.width());
    Shape measured = new Shape(1).addAll(operator.outputShape(image));
    RandomStream random = RandomStream.of(0, PROBES_STREAM);
    NDArray power = scope.zeros(new Shape(1, 1, size.height(), size.width()));
    for (int probe = 0; probe < PROBES; probe++) {
      try (NDManager passing = scope.newSubManager()) {
        float[] white = random.gaussian(Math.toIntExact(measured.size()));
        NDArray back = operator.adjoint(DeviceArrays.copyOf(passing, white, measured));
        NDArray share = DeviceArrays.constant(passing, 1.0 / PROBES);
        power.addi(meanPower(cosines.forward(back), passing).mul(share));
      }
    }
    return new CosineDiagonalisation(cosines, power);
  }

  /**
   * The mean power of coordinates, over a batch, all channels, and waves of nearly one length.
   *
   * @param coordinates [N, C, H, W]
   * @param scope where the result lives
   * @return [1, 1, H, W]
   */
  public static NDArray meanPower(NDArray coordinates, NDManager scope) {
    ImageSize size = ImageSize.ofEach(coordinates);
    NDArray squares = coordinates.square().mean(new int[] {0}).mean(new int[] {0});
    float[] smooth = smoothed(squares.toFloatArray(), size);
    return DeviceArrays.copyOf(scope, smooth, size.withChannels(1).batch(1));
  }

  /**
   * The power of the coordinates of each image of a batch, averaged over all channels and waves of
   * nearly one length.
   *
   * @param coordinates [N, C, H, W]
   * @return [N, 1, H, W]; it lives in the scope of the coordinates
   */
  public static NDArray powers(NDArray coordinates) {
    ImageSize size = ImageSize.ofEach(coordinates);
    int pixels = size.pixelsOfAPlane();
    float[] squares = coordinates.square().mean(new int[] {1}).toFloatArray();
    float[] smooth = new float[squares.length];
    int images = squares.length / pixels;
    for (int i = 0; i < images; i++) {
      float[] one = Arrays.copyOfRange(squares, i * pixels, (i + 1) * pixels);
      System.arraycopy(smoothed(one, size), 0, smooth, i * pixels, pixels);
    }
    return DeviceArrays.copyOf(
        coordinates.getManager(), smooth, size.withChannels(1).batch(images));
  }

  /** Means over waves of nearly one length, one behind the other. */
  private static float[] smoothed(float[] power, ImageSize size) {
    int height = size.height();
    int width = size.width();
    int[] rings = new int[power.length];
    int most = Math.max(height, width);
    double[] sums = new double[2 * most];
    int[] counts = new int[2 * most];
    for (int i = 0; i < power.length; i++) {
      double row = (double) (i / width) / height;
      double column = (double) (i % width) / width;
      rings[i] = (int) Math.round(most * Math.hypot(row, column));
      sums[rings[i]] += power[i];
      counts[rings[i]]++;
    }
    float[] smooth = new float[power.length];
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] = (float) (sums[rings[i]] / counts[rings[i]]);
    }
    return smooth;
  }

  @Override
  public NDArray forward(NDArray x) {
    return cosines.forward(x);
  }

  @Override
  public NDArray backward(NDArray c) {
    return cosines.backward(c);
  }

  /** Waves spread evenly over the image: each has the mean of the weights. */
  @Override
  public NDArray information(NDArray weights) {
    Shape shape = weights.getShape();
    long values = shape.size() / shape.get(0);
    return DeviceArrays.sumOfEach(weights)
        .div(DeviceArrays.constant(weights.getManager(), values))
        .reshape(shape.get(0), 1, 1, 1)
        .mul(power);
  }
}
