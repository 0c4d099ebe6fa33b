package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * White noise for a batch of chains, each from a stream of its own, so that a chain's numbers do
 * not depend on what it is batched with.
 *
 * @param streams one a chain
 */
public record ChainNoise(RandomStream[] streams) {

  /** The noise of the chains with some numbers. */
  public static ChainNoise of(long seed, int[] chains) {
    return new ChainNoise(
        Arrays.stream(chains)
            .mapToObj(chain -> RandomStream.of(seed, chain))
            .toArray(RandomStream[]::new));
  }

  /** The same, where each chain's stream has come to a position. */
  static ChainNoise at(long[] positions, long seed, int[] chains) {
    return new ChainNoise(
        IntStream.range(0, chains.length)
            .mapToObj(row -> RandomStream.at(positions[row], seed, chains[row]))
            .toArray(RandomStream[]::new));
  }

  /** How far each chain's stream has come. */
  long[] positions() {
    return Arrays.stream(streams).mapToLong(RandomStream::position).toArray();
  }

  /** The noise of some of the chains. */
  ChainNoise of(int[] rows) {
    return new ChainNoise(
        Arrays.stream(rows).mapToObj(row -> streams[row]).toArray(RandomStream[]::new));
  }

  /**
   * Draws from N(0, I).
   *
   * @param scope where the tensor lives
   * @param shape that of one chain's noise
   * @return [chains, shape]
   */
  public NDArray draw(NDManager scope, Shape shape) {
    int length = Math.toIntExact(shape.size());
    float[] all = new float[streams.length * length];
    for (int chain = 0; chain < streams.length; chain++) {
      System.arraycopy(streams[chain].gaussian(length), 0, all, chain * length, length);
    }
    return DeviceArrays.copyOf(scope, all, new Shape(streams.length).addAll(shape));
  }

  /** How many chains there are. */
  int chains() {
    return streams.length;
  }
}
