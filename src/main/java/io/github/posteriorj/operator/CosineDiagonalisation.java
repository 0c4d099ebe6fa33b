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
    Rings rings = Rings.of(size);
    NDArray power = scope.zeros(new Shape(1, 1, size.height(), size.width()));
    for (int probe = 0; probe < PROBES; probe++) {
      try (NDManager passing = scope.newSubManager()) {
        float[] white = random.gaussian(Math.toIntExact(measured.size()));
        NDArray back = operator.adjoint(DeviceArrays.copyOf(passing, white, measured));
        NDArray share = DeviceArrays.constant(passing, 1.0 / PROBES);
        power.addi(meanPower(cosines.forward(back), rings, passing).mul(share));
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
    return meanPower(coordinates, Rings.of(ImageSize.ofEach(coordinates)), scope);
  }

  private static NDArray meanPower(NDArray coordinates, Rings rings, NDManager scope) {
    NDArray squares = coordinates.square().mean(new int[] {0}).mean(new int[] {0});
    float[] means = rings.means(squares.toFloatArray(), 0);
    return DeviceArrays.copyOf(
        scope, means, ImageSize.ofEach(coordinates).withChannels(1).batch(1));
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
    Rings rings = Rings.of(size);
    float[] squares = coordinates.square().mean(new int[] {1}).toFloatArray();
    float[][] smooth = new float[squares.length / size.pixelsOfAPlane()][];
    Arrays.setAll(smooth, image -> rings.means(squares, image * size.pixelsOfAPlane()));
    return DeviceArrays.copyOf(
        coordinates.getManager(), smooth, size.withChannels(1).batch(smooth.length));
  }

  /**
   * Which waves are of nearly one length: rings around the constant one.
   *
   * @param ring of each wave
   * @param waves how many each ring has
   */
  private record Rings(int[] ring, int[] waves) {

    static Rings of(ImageSize size) {
      int height = size.height();
      int width = size.width();
      int most = Math.max(height, width);
      int[] ring = new int[size.pixelsOfAPlane()];
      int[] waves = new int[2 * most];
      for (int i = 0; i < ring.length; i++) {
        double row = (double) (i / width) / height;
        double column = (double) (i % width) / width;
        ring[i] = (int) Math.round(most * Math.hypot(row, column));
        waves[ring[i]]++;
      }
      return new Rings(ring, waves);
    }

    /** The mean over each wave's ring, of the waves from a first one on. */
    float[] means(float[] power, int first) {
      double[] sums = new double[waves.length];
      for (int i = 0; i < ring.length; i++) {
        sums[ring[i]] += power[first + i];
      }
      float[] means = new float[ring.length];
      for (int i = 0; i < means.length; i++) {
        means[i] = (float) (sums[ring[i]] / waves[ring[i]]);
      }
      return means;
    }
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
