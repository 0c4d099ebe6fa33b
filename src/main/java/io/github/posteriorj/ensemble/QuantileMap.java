package io.github.posteriorj.ensemble;

import io.github.posteriorj.metric.SampleQuantile;
import java.util.Locale;
import java.util.Optional;

/**
 * A quantile of the samples, in the images' unit ({@link PixelQuantiles}): with this probability
 * the sharp image is darker at the pixel.
 *
 * @param probability between 0 and 1
 */
public record QuantileMap(double probability) implements PosteriorMap {

  static final String WORDS = "quantile";

  /**
   * Checks the probability.
   *
   * @throws IllegalArgumentException if it does not lie between 0 and 1
   */
  public QuantileMap {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "The probability of a quantile must lie between 0 and 1, not %s: write quantile 0.05."
              .formatted(probability));
    }
  }

  @Override
  public String words() {
    return MapWords.words(WORDS, probability);
  }

  @Override
  public boolean showsIntensities() {
    return true;
  }

  @Override
  public PixelStatistic begin() {
    return new PixelQuantiles(sorted -> SampleQuantile.of(sorted, probability));
  }

  @Override
  public Optional<String> doubt(int samples, int chains) {
    double least = 1 / (samples + 1.0);
    return probability >= least && probability <= 1 - least
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The map of the quantile %s shows the samples' extremes: %d samples tell quantiles"
                    + " from %.3g to %.3g. Ask for more samples.",
                probability,
                samples,
                least,
                1 - least));
  }
}
