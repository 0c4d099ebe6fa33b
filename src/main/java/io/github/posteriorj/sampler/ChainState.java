package io.github.posteriorj.sampler;

import io.github.posteriorj.sampler.Potential.Evaluation;
import java.util.stream.IntStream;

/**
 * Where a chain is, and what belongs to that place.
 *
 * @param position z
 * @param velocity of a chain that has inertia, as long as the state; else of length 0
 * @param potential U(z)
 * @param gradient grad U(z)
 * @param negativeLogLikelihood the negative log-likelihood's share of U(z)
 * @param image x = Phi(z)
 */
record ChainState(
    float[] position,
    float[] velocity,
    double potential,
    float[] gradient,
    double negativeLogLikelihood,
    float[] image) {

  /** A chain's place after an evaluation. */
  static ChainState of(float[] position, float[] velocity, Evaluation evaluation, int chain) {
    return new ChainState(
        position,
        velocity,
        evaluation.potential()[chain],
        evaluation.gradient()[chain],
        evaluation.negativeLogLikelihood()[chain],
        evaluation.image()[chain]);
  }

  /** All chains' places after an evaluation, at rest. */
  static ChainState[] all(float[][] states, Evaluation evaluation) {
    return IntStream.range(0, states.length)
        .mapToObj(chain -> of(states[chain], new float[0], evaluation, chain))
        .toArray(ChainState[]::new);
  }

  /** The same place, passed at another velocity. */
  ChainState withVelocity(float[] other) {
    return new ChainState(position, other, potential, gradient, negativeLogLikelihood, image);
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
