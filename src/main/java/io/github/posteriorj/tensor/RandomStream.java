package io.github.posteriorj.tensor;

import java.util.SplittableRandom;

/**
 * A reproducible stream of random numbers, one of many that share a seed.
 *
 * <p>Draws are made by Java and not by PyTorch, so that a chain's numbers depend on the seed and
 * the chain alone: not on the device, nor on how chains are batched.
 *
 * <pre>{@code
 * float[] noise = RandomStream.of(seed, chain).gaussian(height * width);
 * }</pre>
 */
public final class RandomStream {

  /** Golden ratio times 2^64: spreads neighbouring stream numbers over all seeds. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final SplittableRandom generator;

  private RandomStream(SplittableRandom generator) {
    this.generator = generator;
  }

  /** The stream with the given number under a seed; equal arguments give equal draws. */
  public static RandomStream of(long seed, long number) {
    return new RandomStream(new SplittableRandom(mix(mix(seed) + SPREAD * (number + 1))));
  }

  /** Draws from N(0, 1). */
  public double gaussian() {
    return generator.nextGaussian();
  }

  /** Independent draws from N(0, 1). */
  public float[] gaussian(int count) {
    float[] draws = new float[count];
    for (int i = 0; i < count; i++) {
      draws[i] = (float) generator.nextGaussian();
    }
    return draws;
  }

  /** Draws from the uniform distribution on [0, 1). */
  public double uniform() {
    return generator.nextDouble();
  }

  /** MurmurHash3's 64-bit finaliser (Appleby): every input bit reaches every output bit. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
