package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Optional;

/**
 * How probable a measurement y is, when the forward operator predicts A(x).
 *
 * <p>Predictions and measurements are in the measurement's own units. {@code toString} names the
 * likelihood and its numbers, for people.
 */
public interface Likelihood {

  /**
   * The negative log-likelihood -ln p(y given prediction), up to a constant that does not depend on
   * the prediction.
   *
   * @param prediction A(x), [N, ...]
   * @param y the measurement, [N, ...] or [1, ...]
   * @return one value for each of the batch, [N]; it lives in the scope of the prediction
   */
  NDArray negativeLog(NDArray prediction, NDArray y);

  /**
   * A measurement as randomise-then-optimise perturbs it: with fresh noise added, so that the
   * result's mean is y and its variance that of the noise.
   *
   * <p>Source: Bardsley, Solonen, Haario and Laine, SIAM J. Sci. Comput. 2014, equation 2.4.
   *
   * @param y the measurement
   * @param random where the draws come from
   * @return a new array of the same length
   */
  float[] perturb(float[] y, RandomStream random);

  /**
   * A measurement as it might have been, were a prediction right: what the Fisher information is
   * estimated from.
   *
   * @param prediction A(x)
   * @param random where the draws come from
   * @return a new array, for the likelihood {@link #ofPerturbed}
   */
  default float[] replicate(float[] prediction, RandomStream random) {
    return perturb(prediction, random);
  }

  /**
   * The likelihood that goes with a perturbed measurement: this one, unless it infers the noise
   * from the residuals, which a perturbation makes larger.
   */
  default Likelihood ofPerturbed() {
    return this;
  }

  /**
   * The Fisher information of each predicted value: one over the noise's variance there.
   *
   * @param prediction A(x), [N, ...]
   * @return a tensor that broadcasts to the prediction's shape and lives in its scope; empty where
   *     it is not known, or the values do not tell of the prediction one by one
   */
  default Optional<NDArray> information(NDArray prediction) {
    return Optional.empty();
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

  /**
   * Checks that values can be a measurement.
   *
   * @param y the measurement, finite values
   * @throws IllegalArgumentException if not; the message says why, and what to do
   */
  default void check(float[] y) {}
}
