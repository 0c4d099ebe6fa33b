package io.github.posteriorj.metric;

/**
 * What one layer of a network makes of an image: a vector at each place.
 *
 * @param values [channels, places], the places running fastest
 * @param channels the length of each vector, at least 1
 */
public record FeatureMap(float[] values, int channels) {

  /**
   * Checks the number of values.
   *
   * @throws IllegalArgumentException if it is no multiple of the channels
   */
  public FeatureMap {
    if (channels < 1 || values.length == 0 || values.length % channels != 0) {
      throw new IllegalArgumentException(
          "%d values cannot be divided into %d channels.".formatted(values.length, channels));
    }
  }

  int places() {
    return values.length / channels;
  }

  /** The length of the vector at a place. */
  double norm(int place) {
    double squares = 0;
    for (int i = place; i < values.length; i += places()) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
