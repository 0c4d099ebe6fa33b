package io.github.posteriorj.sampler;

import io.github.posteriorj.sampler.Potential.Evaluation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.OptionalDouble;

/**
 * A step of underdamped Langevin dynamics, dz = v dt, dv = -grad U(z) dt - gamma v dt + sqrt(2
 * gamma) dW, by the splitting BAOAB: half a kick, half a drift, the exact Ornstein-Uhlenbeck step
 * of the velocity, half a drift, half a kick. One gradient a step, always accepted.
 *
 * <p>It is stable for steps below 2 / sqrt(lambda), lambda being the largest curvature of U. Where
 * U is quadratic the positions' law at rest is exact at every stable step.
 *
 * <p>Source: Leimkuhler and Matthews, "Rational construction of stochastic numerical methods for
 * molecular sampling", Appl. Math. Res. Express 2013.
 *
 * @param friction gamma, above 0
 */
record UnderdampedLangevin(double friction) implements TransitionKernel {

  /** Half of the longest stable step, times the root of the curvature. */
  private static final double STEP_TIMES_FREQUENCY = 1;

  @Override
  public Transition advance(
      Potential potential, Place[] places, double stepSize, RandomStream[] random) {
    int dimension = potential.dimension();
    float half = (float) (stepSize / 2);
    float damping = (float) Math.exp(-friction * stepSize);
    float diffusion = (float) Math.sqrt(-Math.expm1(-2 * friction * stepSize));
    float[][] next = new float[places.length][];
    float[][] velocity = new float[places.length][];
    for (int chain = 0; chain < next.length; chain++) {
      Place place = places[chain];
      next[chain] = place.state().clone();
      velocity[chain] =
          place.velocity().length == 0
              ? random[chain].gaussian(dimension)
              : place.velocity().clone();
      float[] noise = random[chain].gaussian(dimension);
      for (int i = 0; i < dimension; i++) {
        float kicked = velocity[chain][i] - half * place.gradient()[i];
        float refreshed = damping * kicked + diffusion * noise[i];
        next[chain][i] += half * (kicked + refreshed);
        velocity[chain][i] = refreshed;
      }
    }
    Evaluation evaluation = potential.evaluate(next);
    Place[] moved = new Place[next.length];
    for (int chain = 0; chain < next.length; chain++) {
      for (int i = 0; i < dimension; i++) {
        velocity[chain][i] -= half * evaluation.gradient()[chain][i];
      }
      moved[chain] = Place.of(next[chain], velocity[chain], evaluation, chain);
    }
    return Transition.alwaysAccepted(moved);
  }

  @Override
  public int gradients() {
    return 1;
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
