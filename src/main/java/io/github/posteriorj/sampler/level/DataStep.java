package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;

/**
 * The step of split Gibbs sampling that knows the measurement and not the prior: draws x from the
 * density proportional to p(y given A(x)) exp(-|x - u|^2 / (2 rho^2)), or near it.
 */
interface DataStep {

  /**
   * Draws a noisy image for each chain.
   *
   * @param u the prior's clean images, [N, C, H', W']
   * @param level rho
   * @param noise the chains' random numbers
   * @return x, of the shape of u; it lives in the scope of u
   */
  NDArray draw(NDArray u, double level, ChainNoise noise);

  /**
   * Coordinates for the posterior near some clean images.
   *
   * @param u [N, C, H', W']
   * @param level rho
   */
  Coordinates coordinates(NDArray u, double level);
}
