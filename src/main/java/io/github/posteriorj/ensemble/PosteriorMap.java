package io.github.posteriorj.ensemble;

import java.util.Optional;

/**
 * A map of a posterior: one number for each pixel, of the samples' values there.
 *
 * <pre>{@code
 * PixelStatistic statistic = new IntervalWidth(0.95).begin();
 * samples.forEach(sample -> statistic.add(sample, 0));
 * float[] widths = statistic.values();
 * }</pre>
 */
public interface PosteriorMap {

  /** The words that choose it, as {@link MapWords#parse} takes them. */
  String words();

  /** Begins to make the map. */
  PixelStatistic begin();

  /**
   * Whether its numbers are intensities that the sharp image may have, as those of the mean are.
   */
  default boolean showsIntensities() {
    return false;
  }

  /**
   * What people should know of a map of too few samples, in plain words.
   *
   * @param samples how many there are
   * @param chains how many chains share them
   */
  default Optional<String> doubt(int samples, int chains) {
    return Optional.empty();
  }
}
