package io.github.posteriorj.solver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a solver did.
 *
 * @param gradients gradients of the potential that each chain took
 * @param networkPasses forward passes of one image through the network that all of it is worth; a
 *     gradient counts as three
 * @param chains how many have drawn the samples in turn; empty where each was drawn on its own
 * @param independentSamples how many independent samples the samples are worth, where the solver
 *     knows it of chains that are too short to be judged one by one
 * @param facts what else of the run is worth writing down, by its name for people, in order
 * @param warnings what a user should know before trusting the samples, in plain words
 */
public record SolverReport(
    long gradients,
    long networkPasses,
    Optional<Integer> chains,
    OptionalDouble independentSamples,
    Map<String, Object> facts,
    List<String> warnings) {

  /** Passes that a gradient is worth: one forward, and one backward that costs two. */
  public static final int PASSES_OF_A_GRADIENT = 3;
}
