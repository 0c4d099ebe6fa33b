package io.github.posteriorj.tensor;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

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

  /** Mean below which Poisson numbers are drawn by inversion. */
  private static final double SMALL_MEAN = 10;

  /** Argument of the gamma function from which on four terms of Stirling's series are enough. */
  private static final double STIRLING = 16;

  private final Bits generator;

  private RandomStream(Bits generator) {
    this.generator = generator;
  }

  /** The stream with the given number under a seed; equal arguments give equal draws. */
  public static RandomStream of(long seed, long number) {
    return at(0, seed, number);
  }

  /** The same stream as {@link #of} where it has come to a position. */
  public static RandomStream at(long position, long seed, long number) {
    return new RandomStream(new Bits(mix(mix(seed) + SPREAD * (number + 1)), position));
  }

  /** How far the stream has come: {@link #at} goes on from there. */
  public long position() {
    return generator.drawn;
  }

  /** The source of a stream's bits, which counts what was drawn of them. */
  private static final class Bits implements RandomGenerator {

    private final SplittableRandom source;
    private long drawn;

    Bits(long seed, long position) {
      // Each draw adds the golden ratio to a SplittableRandom's seed (Steele et al. 2014).
      source = new SplittableRandom(seed + SPREAD * position);
      drawn = position;
    }

    @Override
    public long nextLong() {
      drawn++;
      return source.nextLong();
    }
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

  /**
   * Draws from the Poisson distribution.
   *
   * <p>Source: Hormann, "The transformed rejection method for generating Poisson random variables",
   * Insurance: Mathematics and Economics 1993, algorithm PTRS; for means below 10 by inversion.
   *
   * @param mean 0 or more
   * @return a whole number
   */
  public double poisson(double mean) {
    return mean < SMALL_MEAN ? smallPoisson(mean) : largePoisson(mean);
  }

  private double smallPoisson(double mean) {
    double left = generator.nextDouble();
    double probability = Math.exp(-mean);
    double k = 0;
    // The sum of all probabilities may fall short of 1 by rounding.
    while (left >= probability && probability > 0) {
      left -= probability;
      k++;
      probability *= mean / k;
    }
    return k;
  }

  private double largePoisson(double mean) {
    double b = 0.931 + 2.53 * Math.sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    double squeeze = 0.9277 - 3.6224 / (b - 2);
    while (true) {
      double u = generator.nextDouble() - 0.5;
      double v = generator.nextDouble();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= squeeze) {
        return k;
      }
      if (k < 0 || (us < 0.013 && v > us)) {
        continue;
      }
      double log = Math.log(v * inverseAlpha / (a / (us * us) + b));
      if (log <= k * Math.log(mean) - mean - logFactorial(k)) {
        return k;
      }
    }
  }

  /** ln k!, by Stirling's series where its error is below double precision's. */
  private static double logFactorial(double k) {
    double shifted = k + 1;
    double correction = 0;
    while (shifted < STIRLING) {
      correction += Math.log(shifted);
      shifted++;
    }
    double inverse = 1 / shifted;
    double square = inverse * inverse;
    return (shifted - 0.5) * Math.log(shifted)
        - shifted
        + 0.5 * Math.log(2 * Math.PI)
        + inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680)))
        - correction;
  }

  /** MurmurHash3's 64-bit finaliser (Appleby): every input bit reaches every output bit. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
