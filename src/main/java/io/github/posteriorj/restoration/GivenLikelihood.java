package io.github.posteriorj.restoration;

import io.github.posteriorj.likelihood.Likelihood;
import java.util.Optional;

/**
 * A likelihood that needs no look at the measurement, such as a network's loss.
 *
 * @param likelihood that of all measurements
 */
public record GivenLikelihood(Likelihood likelihood) implements NoiseModel {

  @Override
  public Likelihood likelihood(Measurement measurement) {
    return likelihood;
  }

  @Override
  public String source() {
    return "given";
  }

  @Override
  public Optional<String> remedy(double deviation) {
    return Optional.empty();
  }
}
