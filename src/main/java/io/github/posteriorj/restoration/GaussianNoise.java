package io.github.posteriorj.restoration;

import io.github.posteriorj.image.NoiseLevel;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.likelihood.Likelihood;
import java.util.Locale;
import java.util.Optional;

/**
 * White Gaussian noise.
 *
 * @param sigma its standard deviation in the measurement's units, or 0 to estimate it ({@link
 *     NoiseLevel})
 */
public record GaussianNoise(double sigma) implements NoiseModel {

  /**
   * Noise of the given level.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public GaussianNoise {
    if (!(sigma >= 0) || !Double.isFinite(sigma)) {
      throw new IllegalArgumentException(
          "The noise level must be a positive number in the image's intensity units, or 0 to"
              + " estimate it, not "
              + sigma
              + ".");
    }
  }

  @Override
  public Likelihood likelihood(Measurement measurement) {
    return new GaussianLikelihood(sigma > 0 ? sigma : estimatedLevel(measurement));
  }

  @Override
  public String source() {
    return sigma > 0 ? "given" : "estimated (Donoho and Johnstone 1994)";
  }

  @Override
  public Optional<String> remedy(double deviation) {
    return Optional.of(String.format(Locale.ROOT, "Write noise=%.3g.", deviation));
  }

  static double estimatedLevel(Measurement measurement) {
    double sigma =
        NoiseLevel.estimate(measurement.values(), measurement.width(), measurement.rows());
    if (!(sigma > 0)) {
      throw new IllegalArgumentException(
          "The image shows no noise to estimate its level from. Set noise to the standard deviation"
              + " that you expect, in the image's intensity units.");
    }
    return sigma;
  }
}
