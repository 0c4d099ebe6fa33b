package io.github.posteriorj.ensemble;

import io.github.posteriorj.metric.SampleQuantile;

/** The samples' median, in the images' unit ({@link PixelQuantiles}). */
public record Median() implements PosteriorMap {

  static final String WORDS = "median";

  @Override
  public String words() {
    return WORDS;
  }

  @Override
  public boolean showsIntensities() {
    return true;
  }

  @Override
  public PixelStatistic begin() {
    return new PixelQuantiles(sorted -> SampleQuantile.of(sorted, 0.5));
  }
}
