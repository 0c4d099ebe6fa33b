package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.RandomStream;

/**
 * The noise of a measurement: how probable y is, when the forward operator predicts A(x).
 *
 * <p>Predictions and measurements are in the measurement's own units. {@code toString} names the
 * noise and its numbers, for people.
 */
public interface Likelihood {

  /**
   * The negative log-likelihood -ln p(y given prediction), up to a constant that depends on
   * neither.
   *
   * @param prediction A(x), [N, ...]
   * @param y the measurement, [N, ...] or [1, ...]
   * @return one value for each of the batch, [N]; it lives in the scope of the prediction
   */
  NDArray negativeLog(NDArray prediction, NDArray y);

  /**
   * Draws a measurement.
   *
   * @param prediction noise-free measurement
   * @param random where the draws come from
   * @return a new array of the same length: the prediction with noise
   */
  float[] simulate(float[] prediction, RandomStream random);

  /**
   * Adds fresh noise to a measurement that has noise already, as randomise-then-optimise needs: the
   * result's mean is y, and its variance that of the noise.
   *
   * @param y the measurement
   * @param random where the draws come from
   * @return a new array of the same length
   */
  default float[] perturb(float[] y, RandomStream random) {
    return simulate(y, random);
  }

  /**
   * How far a prediction is from the measurement, against what the noise alone would do: near 1
   * when the prediction is right.
   *
   * @param prediction A(x)
   * @param y the measurement, as many values
   */
  double misfit(float[] prediction, float[] y);

  /** What {@link #misfit} is, as a formula. */
  String misfitFormula();
}
