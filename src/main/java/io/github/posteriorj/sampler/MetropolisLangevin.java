package io.github.posteriorj.sampler;

import io.github.posteriorj.tensor.RandomStream;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * A step of overdamped Langevin dynamics with the acceptance of Metropolis and Hastings: exact at
 * every step size, one gradient a step.
 *
 * <p>The proposal is one step of Hamiltonian Monte Carlo, and so is its acceptance probability.
 *
 * @param trajectory the one step
 * @param hamiltonianStep the Hamiltonian step that makes a Langevin step of time tau
 */
record MetropolisLangevin(HamiltonianMonteCarlo trajectory, DoubleUnaryOperator hamiltonianStep)
    implements TransitionKernel {

  /** The acceptance at which both are most efficient in high dimension. */
  private static final double TARGET = 0.574;

  /**
   * The Metropolis-adjusted Langevin algorithm: Euler-Maruyama's proposal, which is a leapfrog step
   * of length sqrt(2 tau).
   *
   * <p>Source: Roberts and Tweedie, Bernoulli 1996, section 1.4.1; the target acceptance: Roberts
   * and Rosenthal, "Optimal scaling of discrete approximations to Langevin diffusions", J. R. Stat.
   * Soc. B 1998.
   */
  static MetropolisLangevin mala() {
    return new MetropolisLangevin(
        new HamiltonianMonteCarlo(Splitting.LEAPFROG, 0, 1, 0, TARGET), tau -> Math.sqrt(2 * tau));
  }

  /**
   * The preconditioned Crank-Nicolson Langevin algorithm (infinity-MALA): the exponential
   * integrator's proposal, which is a rotation by the angle whose cosine is e^-tau, between kicks.
   *
   * <p>Source: Cotter, Roberts, Stuart and White, "MCMC methods for functions: modifying old
   * algorithms to make them faster", Statistical Science 2013, equation 1.5 and section 4.3, with
   * (2 - delta) / (2 + delta) = e^-tau.
   */
  static MetropolisLangevin pcnl() {
    return new MetropolisLangevin(
        new HamiltonianMonteCarlo(Splitting.ROTATION, 0, 1, 0, TARGET),
        tau -> Math.acos(Math.exp(-tau)));
  }

  @Override
  public Transition advance(
      Potential potential, ChainState[] places, double stepSize, RandomStream[] random) {
    return trajectory.advance(potential, places, hamiltonianStep.applyAsDouble(stepSize), random);
  }

  @Override
  public int gradients(double stepSize) {
    return trajectory.gradients(stepSize);
  }

  @Override
  public OptionalDouble targetAcceptance() {
    return trajectory.targetAcceptance();
  }

  @Override
  public double stableStepSize(double curvature) {
    return EulerMaruyama.STEP_TIMES_CURVATURE / curvature;
  }

  @Override
  public double longestStepSize() {
    return Double.POSITIVE_INFINITY;
  }
}
