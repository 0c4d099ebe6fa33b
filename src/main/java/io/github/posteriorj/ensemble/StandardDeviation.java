package io.github.posteriorj.ensemble;

/** The samples' standard deviation (n - 1 in the denominator), in the images' unit. */
public record StandardDeviation() implements PosteriorMap {

  static final String WORDS = "standard deviation";

  @Override
  public String words() {
    return WORDS;
  }

  @Override
  public PixelStatistic begin() {
    return new Spread((mean, deviation) -> deviation);
  }
}
