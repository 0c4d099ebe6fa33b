package io.github.posteriorj.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Discrete Fourier transforms of real images, over their last two axes of four.
 *
 * <p>A spectrum of an image of H x W pixels has H x (W / 2 + 1) complex numbers: the other half is
 * their conjugates. Gradients pass through all of it.
 */
public final class Fourier {

  private static final int[] SMALL_PRIMES = {2, 3, 5, 7};

  private Fourier() {}

  /**
   * The spectrum of an image that zeros extend to the right and below.
   *
   * @param x real, [N, C, H, W]
   * @param height rows of the extended image, at least H
   * @param width columns of the extended image, at least W
   * @return complex, [N, C, height, width / 2 + 1]
   */
  public static NDArray spectrum(NDArray x, long height, long width) {
    return x.rfft(width, 3).fft(height, 2);
  }

  /**
   * The image of a spectrum.
   *
   * @param spectrum complex, [N, C, height, width / 2 + 1]
   * @param height rows of the image
   * @param width columns of the image
   * @return real, [N, C, height, width]
   */
  public static NDArray image(NDArray spectrum, long height, long width) {
    return spectrum.ifft(height, 2).irfft(width, 3);
  }

  /**
   * One over each number, but 0 for numbers that are next to nothing.
   *
   * @param spectrum complex; no gradient passes
   * @param tolerance what is smaller than this share of the largest absolute value counts as 0
   */
  public static NDArray pseudoInverse(NDArray spectrum, double tolerance) {
    NDArray magnitude = spectrum.abs();
    NDArray counted = magnitude.gt(magnitude.max().mul(tolerance));
    NDArray safe = magnitude.maximum(Float.MIN_NORMAL);
    NDArray weights = counted.toType(DataType.FLOAT32, false).div(safe).div(safe);
    return spectrum.conj().mul(weights);
  }

  /** The smallest length from here on that has no prime factors but 2, 3, 5 and 7: a fast one. */
  public static long fastLength(long least) {
    long length = least;
    while (!isSmooth(length)) {
      length++;
    }
    return length;
  }

  private static boolean isSmooth(long length) {
    long rest = length;
    for (int prime : SMALL_PRIMES) {
      while (rest % prime == 0) {
        rest /= prime;
      }
    }
    return rest == 1;
  }
}
