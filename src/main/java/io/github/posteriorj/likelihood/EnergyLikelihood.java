package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;

/**
 * A network's own loss, taken for a negative log-likelihood: L = weight A(x), summed where A(x) has
 * several values. There is no measurement besides.
 *
 * @param weight how much the loss counts, above 0
 */
public record EnergyLikelihood(double weight) implements Likelihood {

  /**
   * A weighted loss.
   *
   * @throws IllegalArgumentException if the weight is not a positive number
   */
  public EnergyLikelihood {
    if (!(weight > 0) || !Double.isFinite(weight)) {
      throw new IllegalArgumentException(
          "The weight of the network's loss must be a positive number, not " + weight + ".");
    }
  }

  @Override
  public NDArray negativeLog(NDArray prediction, NDArray y) {
    NDManager scope = prediction.getManager();
    return DeviceArrays.sumOfEach(prediction).mul(DeviceArrays.constant(scope, weight));
  }

  @Override
  public float[] perturb(float[] y, RandomStream random) {
    return y.clone();
  }

  /** The loss itself. */
  @Override
  public double misfit(float[] prediction, float[] y) {
    double sum = 0;
    for (float value : prediction) {
      sum += value;
    }
    return sum;
  }

  @Override
  public String misfitFormula() {
    return "the network's loss";
  }

  @Override
  public String toString() {
    return "The network's own loss, weight " + weight;
  }
}
