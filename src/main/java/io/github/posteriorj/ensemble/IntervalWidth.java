package io.github.posteriorj.ensemble;

import io.github.posteriorj.metric.CredibleInterval;
import java.util.Locale;
import java.util.Optional;

/**
 * The width of the central credible interval ({@link CredibleInterval}), in the images' unit.
 *
 * @param level the share of the posterior inside, between 0 and 1
 */
public record IntervalWidth(double level) implements PosteriorMap {

  static final String WORDS = "interval width";

  /**
   * Checks the level.
   *
   * @throws IllegalArgumentException if it does not lie between 0 and 1
   */
  public IntervalWidth {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "The level of a credible interval must lie between 0 and 1, not %s: write interval width"
                  .formatted(level)
              + " 0.95.");
    }
  }

  @Override
  public String words() {
    return MapWords.words(WORDS, level);
  }

  @Override
  public PixelStatistic begin() {
    return new PixelQuantiles(sorted -> CredibleInterval.central(sorted, level).width());
  }

  @Override
  public Optional<String> doubt(int samples, int chains) {
    return narrower(samples, level)
        .map(reason -> "The map of the interval's width is of a narrower one: " + reason);
  }

  /** Why the interval of so few samples is narrower than its level says; empty if it is not. */
  static Optional<String> narrower(int samples, double level) {
    double expected = CredibleInterval.expectedCoverage(samples, level);
    return expected >= level
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d samples tell intervals of level %.3g at most, not of %s; that needs %d.",
                samples,
                expected,
                level,
                (long) Math.ceil((1 + level) / (1 - level) - 1e-9)));
  }
}
