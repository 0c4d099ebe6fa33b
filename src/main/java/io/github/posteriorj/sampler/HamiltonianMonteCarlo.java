package io.github.posteriorj.sampler;

import io.github.posteriorj.sampler.Potential.Evaluation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.OptionalDouble;

/**
 * Hamiltonian Monte Carlo: a fresh velocity v ~ N(0, I), some steps of a splitting of Hamilton's
 * equations with H = U(z) + |v|^2 / 2, and the end point accepted with probability min(1,
 * exp(H_start - H_end)): exact at every step size.
 *
 * <p>Each trajectory draws its own step size, evenly around the given one, so that none of the
 * frequencies of U brings a chain back to where it began.
 *
 * <p>Source: Duane, Kennedy, Pendleton and Roweth, "Hybrid Monte Carlo", Physics Letters B 1987;
 * randomised steps: Neal, "MCMC using Hamiltonian dynamics", 2011, section 5.4.2.2.
 *
 * @param splitting how a step is made
 * @param steps steps of a trajectory, one gradient each, at least 1
 * @param spread half the width of the step sizes' interval, as a share of its middle, 0 to 1
 * @param target mean acceptance probability to which warm-up tunes the step size
 */
record HamiltonianMonteCarlo(Splitting splitting, int steps, double spread, double target)
    implements TransitionKernel {

  /** A quarter of the longest stable step, times the root of the curvature. */
  private static final double STEP_TIMES_FREQUENCY = 0.5;

  @Override
  public Transition advance(
      Potential potential, Place[] places, double stepSize, RandomStream[] random) {
    int chains = places.length;
    Place[] moved = new Place[chains];
    double[] energy = new double[chains];
    double[] stepSizes = new double[chains];
    for (int chain = 0; chain < chains; chain++) {
      moved[chain] = places[chain].withVelocity(random[chain].gaussian(potential.dimension()));
      energy[chain] = moved[chain].energy();
      stepSizes[chain] =
          spread == 0 ? stepSize : stepSize * (1 + spread * (2 * random[chain].uniform() - 1));
    }
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

  private Place[] step(Potential potential, Place[] places, double[] stepSizes) {
    int chains = places.length;
    float[][] states = new float[chains][];
    float[][] velocities = new float[chains][];
    for (int chain = 0; chain < chains; chain++) {
      Place place = places[chain];
      states[chain] = place.state().clone();
      velocities[chain] = place.velocity().clone();
      splitting.kick(velocities[chain], states[chain], place.gradient(), stepSizes[chain]);
      splitting.flow(states[chain], velocities[chain], stepSizes[chain]);
    }
    Evaluation evaluation = potential.evaluate(states);
    Place[] moved = new Place[chains];
    for (int chain = 0; chain < chains; chain++) {
      float[] gradient = evaluation.gradient()[chain];
      splitting.kick(velocities[chain], states[chain], gradient, stepSizes[chain]);
      moved[chain] = Place.of(states[chain], velocities[chain], evaluation, chain);
    }
    return moved;
  }

  @Override
  public int gradients() {
    return steps;
  }

  @Override
  public OptionalDouble targetAcceptance() {
    return OptionalDouble.of(target);
  }

  @Override
  public double stableStepSize(double curvature) {
    return STEP_TIMES_FREQUENCY / Math.sqrt(curvature);
  }

  /** A quarter of a turn: on a standard normal density it leads to an independent draw. */
  @Override
  public double longestStepSize() {
    return Math.PI / 2 / steps;
  }
}
