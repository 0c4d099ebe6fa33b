package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDManager;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.SampleSink;

/**
 * Draws samples of a posterior at a level of a consistency model's noise space, by chains that give
 * one or a few each: a start by {@link SplitGibbs}, then {@link Langevin} dynamics on {@link
 * LevelTarget}.
 *
 * <pre>{@code
 * LevelReport report =
 *     new LevelSampler(LevelSettings.standard(16, seed))
 *         .run(problem, sample -> moments.add(sample.image()), Progress.NONE);
 * }</pre>
 *
 * <p>Chains are independent, and a chain's random numbers depend on the seed and its own number
 * alone.
 *
 * @param settings how to sample
 */
public record LevelSampler(LevelSettings settings) {

  /**
   * Draws the samples.
   *
   * @param problem what to sample
   * @param samples takes each sample as it is drawn: of a batch of chains, first the first one of
   *     each
   * @param listener hears of the progress, and may end the run
   * @throws IllegalArgumentException if the level is not below the prior's highest one
   * @throws ArithmeticException if no step size keeps a chain finite
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   */
  public LevelReport run(LevelProblem problem, SampleSink samples, Progress listener) {
    return run(problem, samples, Checkpoints.NONE, listener);
  }

  /**
   * The same, with the chains' state kept on the way. A run that finds one goes on from it: the
   * samples are those of a run that was not disturbed, to the bit.
   */
  public LevelReport run(
      LevelProblem problem, SampleSink samples, Checkpoints checkpoints, Progress listener) {
    double highest = problem.prior().highestLevel();
    if (settings.level() >= highest) {
      throw new IllegalArgumentException(
          ("The noise level must be below the prior's highest one, %s, where nothing but noise is"
                  + " left, not %s: from 0.1 to 1 is usual.")
              .formatted(highest, settings.level()));
    }
    try (NDManager scope = problem.prior().newScope()) {
      return new LevelRun(settings, problem, scope, samples, checkpoints, listener).sample();
    }
  }
}
