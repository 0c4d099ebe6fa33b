package io.github.posteriorj.sampler;

import io.github.posteriorj.sampler.Potential.Evaluation;
import java.util.stream.IntStream;

/**
 * Where a chain is, and what belongs to that place.
 *
 * @param state z
 * @param velocity of a chain that has inertia, as long as the state; else of length 0
 * @param potential U(z)
 * @param gradient grad U(z)
 * @param misfit the negative log-likelihood's share of U(z)
 * @param image x = Phi(z)
 */
record Place(
    float[] state,
    float[] velocity,
    double potential,
    float[] gradient,
    double misfit,
    float[] image) {

  /** A chain's place after an evaluation. */
  static Place of(float[] state, float[] velocity, Evaluation evaluation, int chain) {
    return new Place(
        state,
        velocity,
        evaluation.potential()[chain],
        evaluation.gradient()[chain],
        evaluation.misfit()[chain],
        evaluation.image()[chain]);
  }

  /** All chains' places after an evaluation, at rest. */
  static Place[] all(float[][] states, Evaluation evaluation) {
    return IntStream.range(0, states.length)
        .mapToObj(chain -> of(states[chain], new float[0], evaluation, chain))
        .toArray(Place[]::new);
  }

  /** The same place, passed at another velocity. */
  Place withVelocity(float[] other) {
    return new Place(state, other, potential, gradient, misfit, image);
  }

  /** Whether the potential and its gradient are finite. */
  boolean isFinite() {
    if (!Double.isFinite(potential)) {
      return false;
    }
    for (float component : gradient) {
      if (!Float.isFinite(component)) {
        return false;
      }
    }
    return true;
  }

  /** H = U(z) + |v|^2 / 2. */
  double energy() {
    double squares = 0;
    for (float component : velocity) {
      squares += (double) component * component;
    }
    return potential + squares / 2;
  }
}
