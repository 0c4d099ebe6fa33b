package io.github.posteriorj.training;

/**
 * How a prior is fine-tuned.
 *
 * @param steps steps of Adam
 * @param batch patches a step
 * @param learningRate Adam's step size
 * @param gap the exponent a of the gap between the two noise levels of a pair, r = t (1 - n(t) /
 *     2^a); each unit halves it
 * @param validationInterval steps between two validations
 * @param seed of patches, noise and noise levels
 */
public record FineTuningSettings(
    int steps, int batch, double learningRate, double gap, int validationInterval, long seed) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the one that cannot be
   */
  public FineTuningSettings {
    if (steps < 1 || batch < 1 || validationInterval < 1) {
      throw new IllegalArgumentException(
          "steps, batch and validate_every must be 1 or more, not %d, %d and %d."
              .formatted(steps, batch, validationInterval));
    }
    if (!(learningRate > 0) || !(learningRate <= 0.1)) {
      throw new IllegalArgumentException(
          "The learning rate must be a number above 0, up to 0.1, not " + learningRate + ".");
    }
    if (!(gap >= 1) || !(gap <= 8)) {
      throw new IllegalArgumentException(
          "The gap exponent must lie between 1 and 8, not " + gap + ".");
    }
  }
}
