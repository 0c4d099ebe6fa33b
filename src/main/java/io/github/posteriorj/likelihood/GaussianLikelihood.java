package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Optional;

/**
 * White Gaussian noise of one known level: L = |A(x) - y|^2 / (2 sigma^2).
 *
 * @param sigma the noise's standard deviation, above 0
 */
public record GaussianLikelihood(double sigma) implements NoiseLikelihood {

  /**
   * Noise of the given level.
   *
   * @throws IllegalArgumentException if it is not a positive number
   */
  public GaussianLikelihood {
    if (!(sigma > 0) || !Double.isFinite(sigma)) {
      throw new IllegalArgumentException(
          "The standard deviation of the noise must be a positive number, not " + sigma + ".");
    }
  }

  @Override
  public NDArray negativeLog(NDArray prediction, NDArray y) {
    NDManager scope = prediction.getManager();
    // Divided before it is squared: in units of sigma no intensity scale leaves float32's range.
    NDArray residual = prediction.sub(y).mul(DeviceArrays.constant(scope, 1 / sigma));
    return DeviceArrays.sumOfEach(residual.square()).mul(DeviceArrays.constant(scope, 0.5));
  }

  @Override
  public float[] simulate(float[] prediction, RandomStream random) {
    float[] y = random.gaussian(prediction.length);
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) (prediction[i] + sigma * y[i]);
    }
    return y;
  }

  @Override
  public Optional<NDArray> information(NDArray prediction) {
    return Optional.of(
        prediction.getManager().full(prediction.getShape(), (float) (1 / (sigma * sigma))));
  }

  @Override
  public double misfit(float[] prediction, float[] y) {
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      double residual = (prediction[i] - y[i]) / sigma;
      squares += residual * residual;
    }
    return squares / y.length;
  }

  @Override
  public String misfitFormula() {
    return "|A(x) - y|^2 / (d sigma^2)";
  }

  @Override
  public String toString() {
    return "Gaussian, standard deviation " + sigma;
  }
}
