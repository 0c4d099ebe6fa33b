package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Optional;

/**
 * A batch of chains of {@link AnnealedHamiltonian}, between two trajectories: all that it takes to
 * go on to the bit.
 *
 * @param evaluations that the run has taken, those of earlier batches included
 * @param first the number of the batch's first chain
 * @param trajectories that the chains have gone
 * @param states where they are, [chains][dimension]
 * @param noise their random numbers
 */
record AnnealedWalk(
    long evaluations, int first, int trajectories, float[][] states, ChainNoise noise) {

  private static final String NAME = "trajectories";

  /** Chains at the end of another trajectory. */
  AnnealedWalk next(long evaluated, float[][] to) {
    return new AnnealedWalk(evaluated, first, trajectories + 1, to, noise);
  }

  /** Keeps this in the place of what was kept before. */
  void keep(Checkpoints checkpoints, NDManager scope) {
    try (NDManager passing = scope.newSubManager()) {
      Shape shape = new Shape(states.length, states[0].length);
      checkpoints.keep(
          NAME,
          new NDList(
              passing.create(new long[] {evaluations, first, trajectories}),
              DeviceArrays.copyOf(passing, states, shape),
              passing.create(noise.positions())));
    }
  }

  /**
   * What a run has kept, if it has.
   *
   * @param seed of the run
   */
  static Optional<AnnealedWalk> kept(Checkpoints checkpoints, long seed, NDManager scope) {
    try (NDManager passing = scope.newSubManager()) {
      return checkpoints.kept(NAME, passing).map(arrays -> of(arrays, seed));
    }
  }

  private static AnnealedWalk of(NDList arrays, long seed) {
    long[] place = arrays.get(0).toLongArray();
    int first = (int) place[1];
    return new AnnealedWalk(
        place[0],
        first,
        (int) place[2],
        DeviceArrays.valuesOfEach(arrays.get(1)),
        ChainNoise.at(arrays.get(2).toLongArray(), seed, first));
  }
}
