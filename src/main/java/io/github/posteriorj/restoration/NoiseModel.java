package io.github.posteriorj.restoration;

import io.github.posteriorj.likelihood.Likelihood;
import java.util.Optional;

/** What is known of the noise of a measurement before it is seen. */
public interface NoiseModel {

  /**
   * The likelihood of a measurement's observed values: numbers that were left open are estimated
   * from it.
   *
   * @param measurement y, in its own units
   * @throws IllegalArgumentException if the numbers make no noise, or cannot be estimated; the
   *     message says what to do
   */
  Likelihood likelihood(Measurement measurement);

  /** Where the numbers come from, for people: given, or estimated by whose method. */
  String source();

  /**
   * What to do, in words for people, if the noise turns out to be of another level; empty where
   * there is none to speak of.
   *
   * @param deviation the standard deviation that it seems to have
   */
  Optional<String> remedy(double deviation);
}
