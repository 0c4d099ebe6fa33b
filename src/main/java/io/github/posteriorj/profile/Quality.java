package io.github.posteriorj.profile;

import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.sampler.Preconditioning;
import io.github.posteriorj.sampler.WarmStart;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import java.nio.file.Path;
import java.util.List;

/**
 * How well, and for how long, a posterior is sampled.
 *
 * @param description for people
 * @param generationSteps steps of the prior from noise to image
 * @param chains chains that share the samples, or 0 for one a sample, at most 8
 * @param warmStart how chains find their first states
 * @param warmStartSteps gradients that a start may take
 * @param integrator what moves the chains
 * @param preconditioning which coordinates they move in
 * @param stepSize step size of the integrator, 0 to choose it
 * @param burnIn transitions of each chain that are thrown away
 * @param thinning transitions of a chain from one sample to the next
 * @param targetEss the median pixel's effective sample size to go on to, 0 for none
 * @param maxGradients gradients of a chain after which no samples are begun, 0 for no limit
 */
public record Quality(
    String description,
    int generationSteps,
    int chains,
    WarmStart warmStart,
    int warmStartSteps,
    Integrator integrator,
    Preconditioning preconditioning,
    double stepSize,
    int burnIn,
    int thinning,
    double targetEss,
    long maxGradients) {

  /** The name of the quality that is taken unless another one is chosen. */
  public static final String USUAL = "standard";

  /**
   * The qualities that come with the program, and those that a user has saved.
   *
   * @param folder the user's own
   */
  public static Profiles<Quality> all(Path folder) {
    return new Profiles<>(
        Quality.class,
        "quality",
        "qualities",
        List.of("preview", USUAL, "thorough", "as in the papers"),
        folder);
  }

  /** The same with another description. */
  public Quality described(String other) {
    return new Quality(
        other,
        generationSteps,
        chains,
        warmStart,
        warmStartSteps,
        integrator,
        preconditioning,
        stepSize,
        burnIn,
        thinning,
        targetEss,
        maxGradients);
  }

  /**
   * The method of this quality.
   *
   * @param restarts chains that are run for each one that is kept
   */
  public NoiseSpaceLangevin method(int restarts) {
    return new NoiseSpaceLangevin(
        chains,
        restarts,
        warmStart,
        warmStartSteps,
        integrator,
        preconditioning,
        stepSize,
        burnIn,
        thinning,
        targetEss,
        maxGradients);
  }
}
