package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Optional;

/**
 * Independent Gaussian noise of a known level at each pixel: L = sum_i (A(x)_i - y_i)^2 / (2
 * sigma_i^2).
 */
public final class PixelwiseGaussianLikelihood implements NoiseLikelihood {

  private final float[] sigma;
  private final float[] inverse;

  /**
   * Noise of the given levels.
   *
   * @param sigma the standard deviation of each measured value, in the measurement's order
   * @throws IllegalArgumentException if one is not a positive number
   */
  public PixelwiseGaussianLikelihood(float[] sigma) {
    this.sigma = sigma.clone();
    this.inverse = new float[sigma.length];
    for (int i = 0; i < sigma.length; i++) {
      if (!(sigma[i] > 0) || Float.isInfinite(sigma[i])) {
        throw new IllegalArgumentException(
            "The standard deviation of the noise must be a positive number at every pixel; at pixel"
                + " number "
                + i
                + " it is "
                + sigma[i]
                + ".");
      }
      inverse[i] = 1 / sigma[i];
    }
  }

  @Override
  public NDArray negativeLog(NDArray prediction, NDArray y) {
    NDManager scope = prediction.getManager();
    NDArray weight = DeviceArrays.copyOf(scope, inverse, y.getShape().slice(1));
    NDArray residual = prediction.sub(y).mul(weight);
    return DeviceArrays.sumOfEach(residual.square()).mul(DeviceArrays.constant(scope, 0.5));
  }

  @Override
  public float[] simulate(float[] prediction, RandomStream random) {
    float[] y = random.gaussian(prediction.length);
    for (int i = 0; i < y.length; i++) {
      y[i] = prediction[i] + sigma[i] * y[i];
    }
    return y;
  }

  @Override
  public Optional<NDArray> information(NDArray prediction) {
    Shape one = new Shape(1).addAll(prediction.getShape().slice(1));
    return Optional.of(DeviceArrays.copyOf(prediction.getManager(), inverse, one).square());
  }

  @Override
  public double misfit(float[] prediction, float[] y) {
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      double residual = (prediction[i] - y[i]) / sigma[i];
      squares += residual * residual;
    }
    return squares / y.length;
  }

  @Override
  public String misfitFormula() {
    return "sum (A(x) - y)^2 / sigma^2 / d";
  }

  @Override
  public void check(float[] y) {
    if (y.length != sigma.length) {
      throw new IllegalArgumentException(
          "The image of the noise's standard deviation has %d pixels, but the measurement has %d."
              .formatted(sigma.length, y.length));
    }
  }

  @Override
  public String toString() {
    return "Gaussian, a standard deviation for each pixel";
  }
}
