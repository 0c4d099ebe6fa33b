package io.github.posteriorj.sampler;

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

  /**
   * The noise of some chains.
   *
   * @param first the number of the first one
   * @param chains how many there are, with consecutive numbers
   */
  public static ChainNoise of(long seed, int first, int chains) {
    return at(new long[chains], seed, first);
  }

  /** The same, where each chain's stream has come to a position. */
  public static ChainNoise at(long[] positions, long seed, int first) {
    return new ChainNoise(
        IntStream.range(0, positions.length)
            .mapToObj(row -> RandomStream.at(positions[row], seed, (long) first + row))
            .toArray(RandomStream[]::new));
  }

  /** How far each chain's stream has come. */
  public long[] positions() {
    return Arrays.stream(streams).mapToLong(RandomStream::position).toArray();
  }

  /** The noise of some of the chains. */
  public ChainNoise of(int[] rows) {
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
    float[][] all = draw(Math.toIntExact(shape.size()));
    return DeviceArrays.copyOf(scope, all, new Shape(streams.length).addAll(shape));
  }

  /**
   * Draws from N(0, I).
   *
   * @param length of one chain's noise
   * @return [chains][length]
   */
  public float[][] draw(int length) {
    return Arrays.stream(streams)
        .parallel()
        .map(stream -> stream.gaussian(length))
        .toArray(float[][]::new);
  }

  /** How many chains there are. */
  public int chains() {
    return streams.length;
  }
}
