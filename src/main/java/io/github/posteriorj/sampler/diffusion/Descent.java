package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.sampler.Checkpoints;
import java.util.Optional;

/**
 * A batch of samples on its way down the noise levels, between two of them: all that it takes to go
 * on to the bit.
 *
 * @param passes that the run has taken, those of earlier batches included
 * @param first the number of the batch's first sample
 * @param index of the level that it has come to
 * @param x images of that level, [N, C, H', W']
 * @param noise each sample's random numbers
 * @param squaredLatent |z|^2 of the noise that each sample began with
 */
record Descent(
    long passes, int first, int index, NDArray x, ChainNoise noise, float[] squaredLatent) {

  private static final String NAME = "descent";

  /** The same batch, at the next level. */
  Descent next(long taken, NDArray images) {
    return new Descent(taken, first, index + 1, images, noise, squaredLatent);
  }

  /** Keeps this in the place of what was kept before. */
  void keep(Checkpoints checkpoints) {
    try (NDManager passing = x.getManager().newSubManager()) {
      checkpoints.keep(
          NAME,
          new NDList(
              passing.create(new long[] {passes, first, index}),
              x,
              passing.create(noise.positions()),
              passing.create(squaredLatent)));
    }
  }

  /**
   * What a run has kept, if it has.
   *
   * @param seed of the run
   * @param scope where it lives
   */
  static Optional<Descent> kept(Checkpoints checkpoints, long seed, NDManager scope) {
    return checkpoints.kept(NAME, scope).map(arrays -> of(arrays, seed));
  }

  private static Descent of(NDList arrays, long seed) {
    long[] place = arrays.get(0).toLongArray();
    int first = (int) place[1];
    return new Descent(
        place[0],
        first,
        (int) place[2],
        arrays.get(1),
        ChainNoise.at(arrays.get(2).toLongArray(), seed, first),
        arrays.get(3).toFloatArray());
  }
}
