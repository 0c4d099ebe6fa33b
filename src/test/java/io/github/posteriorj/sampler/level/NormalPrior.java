package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.SeparableTransform;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * A prior in closed form: x ~ N(m, C) with C = U diag(P) U^T in cosine waves, so that D(x, t) = m +
 * U diag(P / (P + t^2)) U^T (x - m) and, along the probability flow, f(x, t) = m + U diag(sqrt(P /
 * (P + t^2))) U^T (x - m).
 *
 * @param side the canvas's rows and columns, of which images may be a part
 */
public record NormalPrior(int side) implements ScoredPrior {

  public static final double MEAN = -0.3;

  private static final double HIGHEST = 80;
  private static final double LOWEST = 0.002;

  @Override
  public NDArray clean(NDArray x, double level) {
    return filtered(x, level, 0.5);
  }

  @Override
  public NDArray mean(NDArray x, double level) {
    return filtered(x, level, 1);
  }

  private NDArray filtered(NDArray x, double level, double exponent) {
    NDManager scope = x.getManager();
    float[] shrinkage = new float[side * side];
    for (int i = 0; i < shrinkage.length; i++) {
      shrinkage[i] = (float) Math.pow(power(i) / (power(i) + level * level), exponent);
    }
    NDArray mean = DeviceArrays.constant(scope, MEAN);
    SeparableTransform cosines = SeparableTransform.cosine(scope, side, side);
    NDArray filter = DeviceArrays.copyOf(scope, shrinkage, new Shape(1, 1, side, side));
    return cosines.backward(cosines.forward(x.sub(mean)).mul(filter)).add(mean);
  }

  /** P of a wave: smooth images, of a spectrum that falls by 25. */
  public double power(int wave) {
    double row = (double) (wave / side) / side;
    double column = (double) (wave % side) / side;
    return 0.5 / (1 + 12 * (row * row + column * column));
  }

  /** C, of the whole canvas. */
  public RealMatrix covariance() {
    int pixels = side * side;
    RealMatrix covariance = new Array2DRowRealMatrix(pixels, pixels);
    for (int wave = 0; wave < pixels; wave++) {
      double[] image = new double[pixels];
      for (int i = 0; i < pixels; i++) {
        image[i] = cosine(wave / side, i / side) * cosine(wave % side, i % side);
      }
      for (int i = 0; i < pixels; i++) {
        for (int j = 0; j < pixels; j++) {
          covariance.addToEntry(i, j, power(wave) * image[i] * image[j]);
        }
      }
    }
    return covariance;
  }

  private double cosine(int wave, int place) {
    return Math.sqrt((wave == 0 ? 1.0 : 2.0) / side)
        * Math.cos(Math.PI * wave * (place + 0.5) / side);
  }

  @Override
  public double level(double share) {
    double highest = Math.pow(HIGHEST, 1.0 / 7);
    double lowest = Math.pow(LOWEST, 1.0 / 7);
    return Math.pow(highest + share * (lowest - highest), 7);
  }

  @Override
  public double highestLevel() {
    return HIGHEST;
  }

  @Override
  public Shape canvas(Shape image) {
    return new Shape(1, side, side);
  }

  @Override
  public NDManager newScope() {
    return ComputeDevice.CPU.newScope();
  }
}
