package io.github.posteriorj.sampler;

import io.github.posteriorj.text.Labelled;

/**
 * How chains move from state to state; tau is the step size, xi ~ N(0, I) is fresh noise.
 *
 * <p>Sources: Euler-Maruyama and the exponential integrator as in Purohit et al., arXiv 2410.02078;
 * MALA: Roberts and Tweedie, Bernoulli 1996; pCNL: Cotter, Roberts, Stuart and White, Statistical
 * Science 2013; underdamped Langevin: Leimkuhler and Matthews, Appl. Math. Res. Express 2013; HMC:
 * Beskos, Pinski, Sanz-Serna and Stuart, Stochastic Processes and their Applications 2011.
 */
public enum Integrator implements Labelled {

  /**
   * The papers' explicit Langevin step, z - tau grad U(z) + sqrt(2 tau) xi; biased by its step
   * size.
   */
  EULER_MARUYAMA("Euler-Maruyama", new EulerMaruyama()),

  /**
   * The papers' Langevin step with the prior's part solved exactly, e^-tau z - (1 - e^-tau) (grad
   * U(z) - z) + sqrt(1 - e^(-2 tau)) xi; biased by its step size.
   */
  EXPONENTIAL("exponential integrator", new ExponentialIntegrator()),

  /** Euler-Maruyama's step with Metropolis' acceptance. */
  MALA("MALA", MetropolisLangevin.mala()),

  /** The exponential integrator's step with Metropolis' acceptance. */
  PCNL("pCNL", MetropolisLangevin.pcnl()),

  /**
   * Langevin dynamics with inertia, dz = v dt, dv = -(grad U(z) + v) dt + sqrt(2) dW; biased by its
   * step size, less than those without.
   */
  UNDERDAMPED_LANGEVIN("underdamped Langevin", UnderdampedLangevin.ofQuarterTurns()),

  /** Hamiltonian Monte Carlo with the prior's part solved exactly. */
  HAMILTONIAN("HMC", HamiltonianMonteCarlo.ofQuarterTurns());

  private final String label;
  private final TransitionKernel kernel;

  Integrator(String label, TransitionKernel kernel) {
    this.label = label;
    this.kernel = kernel;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The integrator of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Integrator labelled(String label) {
    return Labelled.find(values(), "integrator", label);
  }

  TransitionKernel kernel() {
    return kernel;
  }
}
