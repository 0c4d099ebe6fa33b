package io.github.posteriorj.sampler;

import io.github.posteriorj.tensor.RandomStream;

/**
 * One step in time of a stochastic differential equation that has a potential's density at rest.
 */
public interface Integrator {

  /**
   * Moves one chain.
   *
   * @param state z, not changed
   * @param gradient grad U(z), the whole gradient with the prior's part, not changed
   * @param stepSize tau, in units of the time of the equation
   * @param random the chain's own source of noise
   * @return the next state, a new array
   */
  float[] step(float[] state, float[] gradient, double stepSize, RandomStream random);
}
