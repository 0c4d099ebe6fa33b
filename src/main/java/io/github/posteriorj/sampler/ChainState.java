package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.sampler.Potential.Evaluation;
import java.util.List;
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

  /** Tensors that a place is written down as. */
  static final int ARRAYS = 5;

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

  /** The place that {@link #toArrays} has written down. */
  static ChainState of(List<NDArray> arrays) {
    double[] energies = arrays.get(4).toDoubleArray();
    return new ChainState(
        arrays.get(0).toFloatArray(),
        arrays.get(1).toFloatArray(),
        energies[0],
        arrays.get(2).toFloatArray(),
        energies[1],
        arrays.get(3).toFloatArray());
  }

  /** All of it as {@value #ARRAYS} tensors. */
  NDList toArrays(NDManager scope) {
    return new NDList(
        scope.create(position),
        scope.create(velocity),
        scope.create(gradient),
        scope.create(image),
        scope.create(new double[] {potential, negativeLogLikelihood}));
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
