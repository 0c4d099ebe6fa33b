package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.ForwardOperator;

/**
 * A measurement, and all that is known of how it came about: y = A(x) with noise, x from a prior.
 *
 * @param prior what the sharp images are like
 * @param operator A, from images in the prior's range to the measurement's units
 * @param likelihood the noise
 * @param measurement y, in the order of the operator's output shape
 * @param image the sharp image's size, [C, H, W]
 */
public record LevelProblem(
    ScoredPrior prior,
    ForwardOperator operator,
    Likelihood likelihood,
    float[] measurement,
    Shape image) {

  /**
   * Checks that the measurement is one of such images.
   *
   * @throws IllegalArgumentException if it has not the size of the operator's output, or the prior
   *     makes no such images
   */
  public LevelProblem {
    long values = operator.outputShape(image).size();
    if (values != measurement.length) {
      throw new IllegalArgumentException(
          "The measurement has %d values, but the forward operator predicts %d."
              .formatted(measurement.length, values));
    }
    prior.canvas(image);
    measurement = measurement.clone();
  }

  /** y's size, [...]. */
  public Shape measurementShape() {
    return operator.outputShape(image);
  }

  /** Where the image lies on the canvas that the prior makes. */
  public Window window() {
    return new Window(prior.canvas(image), image);
  }
}
