package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.tensor.DeviceArrays;

/**
 * Split Gibbs sampling with a falling noise level: x is drawn from what the measurement says near u
 * ({@link DataStep}), then u from what the prior says near x, at levels from {@value #HIGHEST} down
 * to the last one.
 *
 * <p>The prior's step takes x for a clean image with noise of the level rho. It goes by one
 * ancestral step from f(x, rho) to half the level, and by f from there: two passes through the
 * network.
 *
 * <p>Sources: Bouman and Buzzard, "Generative plug and play: posterior sampling for inverse
 * problems", Allerton 2023; Wu et al., "Principled probabilistic imaging using diffusion models as
 * plug-and-play priors" (PnP-DM), NeurIPS 2024, with its annealing of rho; the ancestral step of
 * variance-exploding diffusion: Song et al., "Score-based generative modeling through stochastic
 * differential equations", ICLR 2021, appendix F.
 *
 * @param prior f
 * @param dataStep the measurement's step
 * @param sweeps levels to go through
 */
record SplitGibbs(ScoredPrior prior, DataStep dataStep, int sweeps) {

  /** Noise that hides all but the coarsest of an image, in units of the model's range. */
  private static final double HIGHEST = 10;

  /** Hears of each sweep. */
  @FunctionalInterface
  interface Listener {

    /**
     * Called after a sweep.
     *
     * @param sweeps how many there were
     * @param u what they have made
     */
    void swept(int sweeps, NDArray u);
  }

  /**
   * Clean images of a batch of chains before the first sweep: what the prior alone draws.
   *
   * @param scope where they live
   * @param window the image on the prior's canvas
   * @param noise the chains' random numbers
   * @return u, [chains, C, H', W']
   */
  NDArray begin(NDManager scope, Window window, ChainNoise noise) {
    float highest = (float) prior.highestLevel();
    try (NDManager passing = scope.newSubManager()) {
      NDArray x = noise.draw(passing, window.canvas()).mul(highest);
      NDArray u = prior.clean(x, highest);
      u.attach(scope);
      return u;
    }
  }

  /**
   * Goes on to the last sweep.
   *
   * @param start what some sweeps have made; it is closed
   * @param swept how many they were
   * @param last rho
   * @param noise the chains' random numbers
   * @param listener hears of each sweep
   * @return u, in the scope of the start
   */
  NDArray goOn(NDArray start, int swept, double last, ChainNoise noise, Listener listener) {
    NDArray u = start;
    for (int sweep = swept; sweep < sweeps - 1; sweep++) {
      u = swept(u, sweep, last, noise);
      listener.swept(sweep + 1, u);
    }
    return u;
  }

  /**
   * What one sweep makes of clean images.
   *
   * @param start u; it is closed
   * @param sweep its number, from 0
   * @param last rho of the last sweep
   * @param noise the chains' random numbers
   * @return u, in the scope of the start
   */
  NDArray swept(NDArray start, int sweep, double last, ChainNoise noise) {
    NDManager scope = start.getManager();
    double level = level(sweep, last);
    try (NDManager passing = scope.newSubManager()) {
      start.attach(passing);
      NDArray u = DeviceArrays.inOrder(ancestral(dataStep.draw(start, level, noise), level, noise));
      u.attach(scope);
      return u;
    }
  }

  /** The levels fall by the same factor from sweep to sweep. */
  private double level(int sweep, double last) {
    double highest = Math.min(HIGHEST, prior.highestLevel());
    return highest * Math.pow(last / highest, sweep / Math.max(1.0, sweeps - 1.0));
  }

  /** f(x_t, t) at t = rho / 2, with x_t drawn from the noise between f(x, rho) and x. */
  private NDArray ancestral(NDArray x, double level, ChainNoise noise) {
    NDArray clean = prior.clean(x, level);
    NDArray fresh = noise.draw(x.getManager(), x.getShape().slice(1));
    NDArray halfway =
        clean.add(x.sub(clean).mul(0.25f)).add(fresh.mul((float) (Math.sqrt(3) / 4 * level)));
    return prior.clean(halfway, level / 2);
  }
}
