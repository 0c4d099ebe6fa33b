package io.github.posteriorj.sampler.level;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run at a level did.
 *
 * @param level rho
 * @param walked how: the settings, as the measurement needs them ({@link LevelSettings#adaptedTo})
 * @param halved how often a chain blew up, and walked again with half the step
 * @param comparison of the walks' beginnings and ends; empty where chains are too few, or walks too
 *     short, to tell
 * @param correlation of a chain's samples ({@link ChainLikeness}); empty where each gives one, or
 *     there is one chain
 */
public record LevelReport(
    double level,
    LevelSettings walked,
    int halved,
    Optional<WalkComparison> comparison,
    OptionalDouble correlation) {

  /** The step size of the chains: that of the settings, or less where the measurement needs it. */
  public double stepSize() {
    return walked.stepSize();
  }

  /** Forward passes of one image through a network; a gradient counts as three. */
  public long passes() {
    return walked.passes();
  }
}
