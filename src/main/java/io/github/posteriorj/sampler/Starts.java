package io.github.posteriorj.sampler;

/** Draws the states that chains begin with, where more is known of a prior than its map Phi. */
@FunctionalInterface
public interface Starts {

  /**
   * Draws a state for each chain.
   *
   * @param noise the chains' random numbers
   * @param steps steps of two passes through the prior's networks to take, at most
   * @param stepped called after each step of all chains
   * @return z, near the posterior, [chains][dimension]
   */
  float[][] draw(ChainNoise noise, int steps, Runnable stepped);
}
