package io.github.posteriorj.sampler.level;

import java.util.stream.IntStream;

/**
 * How evenly a measurement tells of an image's pixels.
 *
 * @param unevenness how many times as much it tells of the pixel that it knows best as of all
 *     pixels on average, at least 1
 * @param hidden the share of the pixels that it tells next to nothing of, because a mask hides them
 */
record Visibility(double unevenness, double hidden) {

  /** All pixels are seen alike, as far as is known. */
  static final Visibility EVEN = new Visibility(1, 0);

  /** Of the average information: far less than what blurs and uneven light leave of a pixel. */
  private static final double NEXT_TO_NOTHING = 1e-3;

  /**
   * That of a measurement by what it tells of each pixel.
   *
   * @param information of each pixel, 0 or more, in any unit
   */
  static Visibility of(float[] information) {
    double mean =
        IntStream.range(0, information.length).mapToDouble(i -> information[i]).average().orElse(0);
    if (!(mean > 0)) {
      return EVEN;
    }
    double most =
        IntStream.range(0, information.length).mapToDouble(i -> information[i]).max().orElse(mean);
    long hidden =
        IntStream.range(0, information.length)
            .filter(i -> information[i] < NEXT_TO_NOTHING * mean)
            .count();
    return new Visibility(most / mean, (double) hidden / information.length);
  }
}
