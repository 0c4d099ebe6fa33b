package io.github.posteriorj.training;

import io.github.posteriorj.tensor.SavedNetwork;
import java.util.List;
import java.util.Optional;

/**
 * How far a fine-tuning has come.
 *
 * @param network the best network, if any was better than the parent's
 * @param bestStep the step after which the validation loss was smallest; 0 is the parent
 * @param training mean losses of the steps since the last validation
 * @param validation losses of the averaged weights on the images that judge, from step 0 on
 */
public record FineTuningResult(
    Optional<SavedNetwork> network, int bestStep, List<Loss> training, List<Loss> validation) {

  /**
   * A loss.
   *
   * @param step after so many steps
   * @param value the loss
   */
  public record Loss(int step, double value) {}

  /** The parent's validation loss. */
  public double parentLoss() {
    return validation.get(0).value();
  }

  /** The smallest validation loss. */
  public double bestLoss() {
    return validation.stream().mapToDouble(Loss::value).min().orElseThrow();
  }
}
