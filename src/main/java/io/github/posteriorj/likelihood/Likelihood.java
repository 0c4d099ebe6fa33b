package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.RandomStream;

/** The noise of a measurement: how probable y is, when the forward operator predicts A(x). */
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
   * @param prediction noise-free measurement, in the model's range
   * @param random where the draws come from
   * @return a new array of the same length: the prediction with noise
   */
  float[] simulate(float[] prediction, RandomStream random);
}
