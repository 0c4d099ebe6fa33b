package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;

/** A density exp(-U(x)) of noisy images, through the gradient of U. */
interface Target {

  /**
   * Evaluates the gradient of several chains at once.
   *
   * @param x [N, C, H', W'], not changed
   * @return what belongs to each chain; it lives in the scope of x
   */
  Evaluation evaluate(NDArray x);

  /**
   * A target at some noisy images.
   *
   * @param gradient grad U(x), of the shape of x
   * @param negativeLogLikelihood the measurement's negative log-likelihood, [N]
   * @param image the clean images that it was taken at, [N, C, H, W]
   */
  record Evaluation(NDArray gradient, NDArray negativeLogLikelihood, NDArray image) {}
}
