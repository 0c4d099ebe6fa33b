package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * A normal law of images that is known in closed form, and how far draws are from it.
 *
 * @param mean of each pixel
 * @param covariance of the pixels
 */
public record NormalPosterior(RealVector mean, RealMatrix covariance) {

  /**
   * What a measurement makes of a normal law: with A(x) = A x + b and noise of covariance R, the
   * gain K = C A^T (A C A^T + R)^-1, the mean m + K (y - A m - b) and the covariance C - K A C.
   *
   * @param operator affine
   * @param variances R's diagonal
   */
  public NormalPosterior given(
      ForwardOperator operator, Shape image, float[] y, double[] variances) {
    RealVector offset = predicted(operator, image, new float[mean.getDimension()]);
    RealMatrix matrix = new Array2DRowRealMatrix(y.length, mean.getDimension());
    for (int i = 0; i < mean.getDimension(); i++) {
      float[] unit = new float[mean.getDimension()];
      unit[i] = 1;
      matrix.setColumnVector(i, predicted(operator, image, unit).subtract(offset));
    }
    RealMatrix across = covariance.multiply(matrix.transpose());
    RealMatrix total = matrix.multiply(across).add(MatrixUtils.createRealDiagonalMatrix(variances));
    RealMatrix gain = across.multiply(MatrixUtils.inverse(total));
    RealVector measured =
        new ArrayRealVector(IntStream.range(0, y.length).mapToDouble(i -> y[i]).toArray());
    RealVector surprise = measured.subtract(matrix.operate(mean)).subtract(offset);
    return new NormalPosterior(
        mean.add(gain.operate(surprise)), covariance.subtract(gain.multiply(across.transpose())));
  }

  private static RealVector predicted(ForwardOperator operator, Shape image, float[] x) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      float[] values =
          operator.apply(DeviceArrays.copyOf(scope, x, new Shape(1).addAll(image))).toFloatArray();
      return new ArrayRealVector(
          IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
    }
  }

  /** The pixels of an image in the middle of a square canvas. */
  public NormalPosterior cut(int side, Shape image) {
    int top = (side - (int) image.get(1)) / 2;
    int left = (side - (int) image.get(2)) / 2;
    int width = (int) image.get(2);
    int[] kept =
        IntStream.range(0, (int) image.size())
            .map(i -> (top + i / width) * side + left + i % width)
            .toArray();
    return new NormalPosterior(
        new ArrayRealVector(IntStream.of(kept).mapToDouble(mean::getEntry).toArray()),
        covariance.getSubMatrix(kept, kept));
  }

  /** The largest deviation of the draws' mean, in Monte-Carlo standard errors. */
  public double deviationOfMean(List<float[]> draws) {
    double worst = 0;
    for (int i = 0; i < mean.getDimension(); i++) {
      double sum = 0;
      for (float[] draw : draws) {
        sum += draw[i] - mean.getEntry(i);
      }
      double error = Math.sqrt(covariance.getEntry(i, i) * draws.size());
      worst = Math.max(worst, Math.abs(sum) / error);
    }
    return worst;
  }

  /**
   * The same of the draws' variances, and of covariances at a distance of one and of many pixels.
   */
  public double deviationOfCovariance(List<float[]> draws, int... distances) {
    double worst = 0;
    int pixels = mean.getDimension();
    for (int i = 0; i < pixels; i++) {
      for (int distance : distances) {
        int j = (i + distance) % pixels;
        double sum = 0;
        double both = covariance.getEntry(i, j);
        for (float[] draw : draws) {
          sum += (draw[i] - mean.getEntry(i)) * (draw[j] - mean.getEntry(j)) - both;
        }
        // The variance of a product of two normal numbers.
        double variance = covariance.getEntry(i, i) * covariance.getEntry(j, j) + both * both;
        worst = Math.max(worst, Math.abs(sum) / Math.sqrt(variance * draws.size()));
      }
    }
    return worst;
  }
}
