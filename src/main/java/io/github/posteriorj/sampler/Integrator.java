package io.github.posteriorj.sampler;

/** How chains move from state to state. */
public enum Integrator implements Labelled {

  /** The papers' explicit Langevin step; biased by its step size. */
  EULER_MARUYAMA("Euler-Maruyama", new EulerMaruyama()),

  /** The papers' Langevin step with the prior's part solved exactly; biased by its step size. */
  EXPONENTIAL("exponential integrator", new ExponentialIntegrator()),

  /** Euler-Maruyama's step with Metropolis' acceptance. */
  MALA("MALA", MetropolisLangevin.mala()),

  /** The exponential integrator's step with Metropolis' acceptance. */
  PCNL("pCNL", MetropolisLangevin.pcnl()),

  /** Langevin dynamics with inertia; biased by its step size, less than those without. */
  UNDERDAMPED_LANGEVIN("underdamped Langevin", new UnderdampedLangevin(1)),

  /** Hamiltonian Monte Carlo with the prior's part solved exactly. */
  HAMILTONIAN("HMC", new HamiltonianMonteCarlo(Splitting.ROTATION, 15, 0.2, 0.8));

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
