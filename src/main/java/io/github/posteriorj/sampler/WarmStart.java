package io.github.posteriorj.sampler;

import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.text.Labelled;
import java.util.function.DoubleFunction;

/** How chains find the states that they begin with. */
public enum WarmStart implements Labelled {

  /**
   * Each chain begins where split Gibbs sampling at falling noise levels has led, carried up to
   * sigma_max along the probability flow ({@link Starts}): near the posterior at once, where a
   * descent from a prior draw may be caught on its way. Where a prior is not known at all levels
   * (no denoiser, or several steps), chains begin by {@link #RANDOMISE_THEN_OPTIMISE}.
   */
  SPLIT_GIBBS("split Gibbs") {
    @Override
    public WarmStart usedFor(Posterior posterior) {
      return posterior.starts().isPresent() ? this : RANDOMISE_THEN_OPTIMISE;
    }

    @Override
    float[][] find(Posterior posterior, int steps, RandomStream[] random, Runnable evaluated) {
      return posterior.starts().isPresent() && steps > 0
          ? posterior.starts().get().draw(new ChainNoise(random), steps, evaluated)
          : super.find(posterior, steps, random, evaluated);
    }

    @Override
    DoubleFunction<Potential> objective(
        Posterior posterior, float[][] draws, RandomStream[] random) {
      return RANDOMISE_THEN_OPTIMISE.objective(posterior, draws, random);
    }
  },

  /**
   * Each chain minimises |z - z0|^2 / 2 + L_{y'}(Phi(z)) from its own z0 ~ N(0, I), with its own y'
   * = y + fresh noise. If Phi and A are linear and the noise is Gaussian, the minimum is an exact,
   * independent posterior sample; else it is a start that is already spread like the posterior.
   *
   * <p>On the way the likelihood is annealed: its noise level starts several times too large and
   * shrinks to the true one, which keeps the descent out of poor local minima.
   *
   * <p>Source: Bardsley, Solonen, Haario and Laine, "Randomize-then-optimize", SIAM J. Sci. Comput.
   * 2014, equation 2.4.
   */
  RANDOMISE_THEN_OPTIMISE("randomise-then-optimise") {
    @Override
    DoubleFunction<Potential> objective(
        Posterior posterior, float[][] draws, RandomStream[] random) {
      DoubleFunction<Potential> tempered = posterior.perturbed(draws, random);
      return progress -> tempered.apply(annealedWeight(progress, ANNEALING));
    }
  },

  /**
   * Each chain minimises L_y(Phi(z)) alone, from its own z ~ N(0, I): the start of the papers. The
   * chains end at maxima of the likelihood, closer to one another than the posterior's samples are.
   */
  MAXIMUM_LIKELIHOOD("maximum likelihood") {
    @Override
    DoubleFunction<Potential> objective(
        Posterior posterior, float[][] draws, RandomStream[] random) {
      return progress -> posterior.likelihoodOnly();
    }
  },

  /**
   * Each chain begins at its own z ~ N(0, I) and walks by Hamiltonian Monte Carlo in trajectories
   * of 20 leapfrog steps of 0.05, while the noise level falls to the true one.
   *
   * <p>Source: noise-space Hamiltonian Monte Carlo, arXiv 2604.16919, with its trajectories; its
   * noise level begins 3 above the true one, here 30 times as high, which is the same where the
   * true one is 0.1.
   */
  ANNEALED_HAMILTONIAN("annealed HMC") {
    @Override
    DoubleFunction<Potential> objective(
        Posterior posterior, float[][] draws, RandomStream[] random) {
      return progress -> posterior.tempered(annealedWeight(progress, HAMILTONIAN_ANNEALING));
    }

    @Override
    float[][] descend(
        DoubleFunction<Potential> objective,
        float[][] draws,
        int steps,
        RandomStream[] random,
        Runnable evaluated) {
      // The first evaluation of a trajectory is that of the place it begins at.
      int trajectories = steps / (LEAPFROG_STEPS + 1);
      return new AnnealedHamiltonian(
              trajectories, LEAPFROG_STEPS, LEAPFROG_STEP, HAMILTONIAN_ANNEALING)
          .walk(objective, draws, random, evaluated);
    }
  };

  /** Adam's rate, in units of z. */
  private static final double RATE = 0.05;

  /** How many times too large the noise level is at first. */
  private static final double ANNEALING = 5;

  private static final double HAMILTONIAN_ANNEALING = 31;
  private static final int LEAPFROG_STEPS = 20;
  private static final double LEAPFROG_STEP = 0.05;

  /** Share of the steps after which the noise level is the true one. */
  private static final double ANNEALED_SHARE = 0.7;

  private final String label;

  WarmStart(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The start of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static WarmStart labelled(String label) {
    return Labelled.find(values(), "warm start", label);
  }

  /** How chains of a posterior begin where this is asked for. */
  public WarmStart usedFor(Posterior posterior) {
    return this;
  }

  /**
   * Finds the first states.
   *
   * @param posterior what the chains are to sample
   * @param steps evaluations to take, at most; with 0 the states are prior draws
   * @param random each chain's source of random numbers
   * @param evaluated called after each evaluation
   * @return one state a chain
   */
  float[][] find(Posterior posterior, int steps, RandomStream[] random, Runnable evaluated) {
    float[][] draws = new float[random.length][];
    for (int chain = 0; chain < draws.length; chain++) {
      draws[chain] = random[chain].gaussian(posterior.dimension());
    }
    return descend(objective(posterior, draws, random), draws, steps, random, evaluated);
  }

  /** Goes from prior draws to the first states, by Adam unless the start has its own way. */
  float[][] descend(
      DoubleFunction<Potential> objective,
      float[][] draws,
      int steps,
      RandomStream[] random,
      Runnable evaluated) {
    return new Adam(RATE).minimise(objective, draws, steps, evaluated);
  }

  /** What to minimise after a share of the steps, 0 to 1. */
  abstract DoubleFunction<Potential> objective(
      Posterior posterior, float[][] draws, RandomStream[] random);

  /** 1 / f^2, where f is how many times too large the noise level still is. */
  private static double annealedWeight(double progress, double annealing) {
    double left = Math.max(0, 1 - progress / ANNEALED_SHARE);
    double factor = 1 + (annealing - 1) * left * left;
    return 1 / (factor * factor);
  }
}
