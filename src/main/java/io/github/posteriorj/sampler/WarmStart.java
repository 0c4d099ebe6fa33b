package io.github.posteriorj.sampler;

import io.github.posteriorj.tensor.RandomStream;

/** How chains find the states that they begin with. */
public enum WarmStart {

  /**
   * Each chain minimises |z - z0|^2 / 2 + L_{y'}(Phi(z)) from its own z0 ~ N(0, I), with its own y' =
   * y + fresh noise. If Phi and A are linear and the noise is Gaussian, the minimum is an exact,
   * independent posterior sample; else it is a start that is already spread like the posterior.
   *
   * <p>Source: Bardsley, Solonen, Haario and Laine, "Randomize-then-optimize", SIAM J. Sci. Comput.
   * 2014, equation 2.4.
   */
  RANDOMISE_THEN_OPTIMISE("randomise-then-optimise") {
    @Override
    Potential objective(Posterior posterior, float[][] draws, RandomStream[] random) {
      return posterior.perturbed(draws, random);
    }
  },

  /**
   * Each chain minimises L_y(Phi(z)) alone, from its own z ~ N(0, I): the start of the papers. The
   * chains end at maxima of the likelihood, closer to one another than the posterior's samples are.
   */
  MAXIMUM_LIKELIHOOD("maximum likelihood") {
    @Override
    Potential objective(Posterior posterior, float[][] draws, RandomStream[] random) {
      return posterior.likelihoodOnly();
    }
  };

  private static final double RATE = 0.05;

  private final String label;

  WarmStart(String label) {
    this.label = label;
  }

  /** The name for dialogs, macros and summaries. */
  public String label() {
    return label;
  }

  /**
   * Finds the first states by Adam.
   *
   * @param posterior what the chains are to sample
   * @param steps number of Adam's steps, one evaluation each; with 0 the states are prior draws
   * @param random each chain's source of random numbers
   * @param evaluated called after each evaluation
   * @return one state a chain
   */
  float[][] find(Posterior posterior, int steps, RandomStream[] random, Runnable evaluated) {
    float[][] draws = new float[random.length][];
    for (int chain = 0; chain < draws.length; chain++) {
      draws[chain] = random[chain].gaussian(posterior.dimension());
    }
    return new Adam(RATE)
        .minimise(objective(posterior, draws, random), draws, steps, evaluated);
  }

  abstract Potential objective(Posterior posterior, float[][] draws, RandomStream[] random);
}
