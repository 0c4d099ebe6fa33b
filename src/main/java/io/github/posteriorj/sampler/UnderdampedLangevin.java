package io.github.posteriorj.sampler;

import io.github.posteriorj.sampler.Potential.Evaluation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.OptionalDouble;

/**
 * A step of underdamped Langevin dynamics, dz = v dt, dv = -grad U(z) dt - gamma v dt + sqrt(2
 * gamma) dW, by the splitting BAOAB: half a kick, half a drift, the exact Ornstein-Uhlenbeck step
 * of the velocity, half a drift, half a kick. Always accepted.
 *
 * <p>It is stable for steps below 2 / sqrt(lambda), lambda being the largest curvature of U. Where
 * U is quadratic the positions' law at rest is exact at every stable step.
 *
 * <p>Source: Leimkuhler and Matthews, "Rational construction of stochastic numerical methods for
 * molecular sampling", Appl. Math. Res. Express 2013.
 *
 * <p>A transition takes as many steps as its time needs, so that it leads as far where the
 * curvature allows short steps only.
 *
 * @param friction gamma, above 0
 * @param time of the equation that a transition should last
 * @param mostSteps steps after which it ends all the same, one gradient each
 */
record UnderdampedLangevin(double friction, double time, int mostSteps)
    implements TransitionKernel {

  /** Half of the longest stable step, times the root of the curvature. */
  private static final double STEP_TIMES_FREQUENCY = 1;

  /** Transitions of a quarter of a turn, with the friction of a half-critically damped motion. */
  static UnderdampedLangevin ofQuarterTurns() {
    return new UnderdampedLangevin(1, QUARTER_TURN, MOST_STEPS);
  }

  @Override
  public Transition advance(
      Potential potential, ChainState[] places, double stepSize, RandomStream[] random) {
    ChainState[] moved = new ChainState[places.length];
    for (int chain = 0; chain < moved.length; chain++) {
      moved[chain] =
          places[chain].velocity().length == 0
              ? places[chain].withVelocity(random[chain].gaussian(potential.dimension()))
              : places[chain];
    }
    int steps = gradients(stepSize);
    for (int step = 0; step < steps; step++) {
      moved = step(potential, moved, stepSize, random);
    }
    return Transition.alwaysAccepted(moved);
  }

  private ChainState[] step(
      Potential potential, ChainState[] places, double stepSize, RandomStream[] random) {
    int dimension = potential.dimension();
    float half = (float) (stepSize / 2);
    float damping = (float) Math.exp(-friction * stepSize);
    float diffusion = (float) Math.sqrt(-Math.expm1(-2 * friction * stepSize));
    float[][] next = new float[places.length][];
    float[][] velocity = new float[places.length][];
    for (int chain = 0; chain < next.length; chain++) {
      ChainState place = places[chain];
      next[chain] = place.position().clone();
      velocity[chain] = new float[dimension];
      float[] noise = random[chain].gaussian(dimension);
      for (int i = 0; i < dimension; i++) {
        float kicked = place.velocity()[i] - half * place.gradient()[i];
        float refreshed = damping * kicked + diffusion * noise[i];
        next[chain][i] += half * (kicked + refreshed);
        velocity[chain][i] = refreshed;
      }
    }
    Evaluation evaluation = potential.evaluate(next);
    ChainState[] moved = new ChainState[next.length];
    for (int chain = 0; chain < next.length; chain++) {
      for (int i = 0; i < dimension; i++) {
        velocity[chain][i] -= half * evaluation.gradient()[chain][i];
      }
      moved[chain] = ChainState.of(next[chain], velocity[chain], evaluation, chain);
    }
    return moved;
  }

  @Override
  public int gradients(double stepSize) {
    return TransitionKernel.steps(time, stepSize, mostSteps);
  }

  @Override
  public OptionalDouble targetAcceptance() {
    return OptionalDouble.empty();
  }

  @Override
  public double stableStepSize(double curvature) {
    return STEP_TIMES_FREQUENCY / Math.sqrt(curvature);
  }

  @Override
  public double longestStepSize() {
    return Double.POSITIVE_INFINITY;
  }
}
