package io.github.posteriorj.sampler;

import io.github.posteriorj.sampler.Potential.Evaluation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.OptionalDouble;

/**
 * Hamiltonian Monte Carlo: a fresh velocity v ~ N(0, I), a trajectory of a splitting of Hamilton's
 * equations with H = U(z) + |v|^2 / 2, and the end point accepted with probability min(1,
 * exp(H_start - H_end)): exact at every step size.
 *
 * <p>A trajectory takes as many steps as its time needs: where the curvature allows short steps
 * only, a transition costs more gradients, but leads as far. Each trajectory draws its own step
 * size, evenly around the given one, so that none of the frequencies of U brings a chain back to
 * where it began.
 *
 * <p>Source: Duane, Kennedy, Pendleton and Roweth, "Hybrid Monte Carlo", Physics Letters B 1987;
 * randomised steps: Neal, "MCMC using Hamiltonian dynamics", 2011, section 5.4.2.2.
 *
 * @param splitting how a step is made
 * @param time of Hamilton's equations that a trajectory should last; 0 for a single step
 * @param mostSteps steps after which it ends all the same, one gradient each
 * @param spread half the width of the step sizes' interval, as a share of its middle, 0 to 1
 * @param target mean acceptance probability to which warm-up tunes the step size
 */
record HamiltonianMonteCarlo(
    Splitting splitting, double time, int mostSteps, double spread, double target)
    implements TransitionKernel {

  /** A quarter of the longest stable step, times the root of the curvature. */
  private static final double STEP_TIMES_FREQUENCY = 0.5;

  /** Fewer steps than this are no longer a trajectory: chains would move by chance again. */
  private static final int LEAST_STEPS = 4;

  /** The prior's part solved exactly, in trajectories of a quarter of a turn. */
  static HamiltonianMonteCarlo ofQuarterTurns() {
    return new HamiltonianMonteCarlo(Splitting.ROTATION, QUARTER_TURN, MOST_STEPS, 0.2, 0.8);
  }

  @Override
  public Transition advance(
      Potential potential, ChainState[] places, double stepSize, RandomStream[] random) {
    int chains = places.length;
    ChainState[] moved = new ChainState[chains];
    double[] energy = new double[chains];
    double[] stepSizes = new double[chains];
    for (int chain = 0; chain < chains; chain++) {
      moved[chain] = places[chain].withVelocity(random[chain].gaussian(potential.dimension()));
      energy[chain] = moved[chain].energy();
      stepSizes[chain] =
          spread == 0 ? stepSize : stepSize * (1 + spread * (2 * random[chain].uniform() - 1));
    }
    int steps = gradients(stepSize);
    for (int step = 0; step < steps; step++) {
      moved = step(potential, moved, stepSizes);
    }
    double[] acceptance = new double[chains];
    for (int chain = 0; chain < chains; chain++) {
      double rise = moved[chain].energy() - energy[chain];
      acceptance[chain] = moved[chain].isFinite() ? Math.min(1, Math.exp(-rise)) : 0;
      if (!(random[chain].uniform() < acceptance[chain])) {
        moved[chain] = places[chain];
      }
    }
    return new Transition(moved, acceptance);
  }

  private ChainState[] step(Potential potential, ChainState[] places, double[] stepSizes) {
    int chains = places.length;
    float[][] states = new float[chains][];
    float[][] velocities = new float[chains][];
    for (int chain = 0; chain < chains; chain++) {
      ChainState place = places[chain];
      states[chain] = place.position().clone();
      velocities[chain] = place.velocity().clone();
      splitting.kick(velocities[chain], states[chain], place.gradient(), stepSizes[chain]);
      splitting.flow(states[chain], velocities[chain], stepSizes[chain]);
    }
    Evaluation evaluation = potential.evaluate(states);
    ChainState[] moved = new ChainState[chains];
    for (int chain = 0; chain < chains; chain++) {
      float[] gradient = evaluation.gradient()[chain];
      splitting.kick(velocities[chain], states[chain], gradient, stepSizes[chain]);
      moved[chain] = ChainState.of(states[chain], velocities[chain], evaluation, chain);
    }
    return moved;
  }

  @Override
  public int gradients(double stepSize) {
    return TransitionKernel.steps(time, stepSize, mostSteps);
  }

  @Override
  public OptionalDouble targetAcceptance() {
    return OptionalDouble.of(target);
  }

  @Override
  public double stableStepSize(double curvature) {
    return STEP_TIMES_FREQUENCY / Math.sqrt(curvature);
  }

  @Override
  public double longestStepSize() {
    return time == 0 ? Double.POSITIVE_INFINITY : time / LEAST_STEPS;
  }
}
