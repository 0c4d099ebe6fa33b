package io.github.posteriorj.restoration;

import io.github.posteriorj.ensemble.PixelStatistic;
import io.github.posteriorj.ensemble.PosteriorMap;

/** Makes a map of the images. */
record MapSink(PosteriorMap map, PixelStatistic statistic) implements ImageSink {

  /** A map of no image yet. */
  static MapSink of(PosteriorMap map) {
    return new MapSink(map, map.begin());
  }

  @Override
  public void add(RestoredImage image) {
    statistic.add(image.intensities(), image.sample().chain());
  }
}
