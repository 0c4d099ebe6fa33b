package io.github.posteriorj.ensemble;

/** The samples' standard deviation as a share of their mean's size; NaN where the mean is 0. */
public record CoefficientOfVariation() implements PosteriorMap {

  static final String WORDS = "coefficient of variation";

  @Override
  public String words() {
    return WORDS;
  }

  @Override
  public PixelStatistic begin() {
    return new Spread((mean, deviation) -> mean == 0 ? Double.NaN : deviation / Math.abs(mean));
  }
}
