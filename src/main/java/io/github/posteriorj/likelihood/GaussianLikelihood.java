package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.stream.IntStream;

/**
 * White Gaussian noise of one known level: L = |A(x) - y|^2 / (2 sigma^2).
 *
 * @param sigma the noise's standard deviation in the model's range, above 0
 */
public record GaussianLikelihood(double sigma) implements Likelihood {

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
    int[] pixels = IntStream.range(1, prediction.getShape().dimension()).toArray();
    NDArray precision = DeviceArrays.constant(prediction.getManager(), 1 / (2 * sigma * sigma));
    return prediction.sub(y).square().sum(pixels).mul(precision);
  }

  @Override
  public float[] simulate(float[] prediction, RandomStream random) {
    float[] y = random.gaussian(prediction.length);
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) (prediction[i] + sigma * y[i]);
    }
    return y;
  }
}
