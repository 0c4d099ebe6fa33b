package io.github.posteriorj.restoration;

import io.github.posteriorj.image.NoiseLevel;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.likelihood.MarginalGaussianLikelihood;
import java.util.Locale;
import java.util.Optional;

/** White Gaussian noise of unknown level, integrated out. */
public record UnknownGaussianNoise() implements NoiseModel {

  /** The typical level is estimated as in {@link NoiseLevel}. */
  @Override
  public Likelihood likelihood(Measurement measurement) {
    return new MarginalGaussianLikelihood(GaussianNoise.estimatedLevel(measurement));
  }

  @Override
  public String source() {
    return "integrated out";
  }

  @Override
  public Optional<String> remedy(double deviation) {
    return Optional.of(String.format(Locale.ROOT, "Write noise=%.3g.", deviation));
  }
}
