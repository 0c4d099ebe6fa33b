package io.github.posteriorj.likelihood;

import io.github.posteriorj.tensor.RandomStream;

/** The likelihood of a noise that can be drawn: p(y given prediction) is a distribution of y. */
public interface NoiseLikelihood extends Likelihood {

  /**
   * Draws a measurement.
   *
   * @param prediction noise-free measurement
   * @param random where the draws come from
   * @return a new array of the same length: the prediction with noise
   */
  float[] simulate(float[] prediction, RandomStream random);

  /** Noise whose variance depends on the prediction takes it at the measurement itself. */
  @Override
  default float[] perturb(float[] y, RandomStream random) {
    return simulate(y, random);
  }

  @Override
  default float[] replicate(float[] prediction, RandomStream random) {
    return simulate(prediction, random);
  }
}
