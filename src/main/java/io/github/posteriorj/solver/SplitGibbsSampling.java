package io.github.posteriorj.solver;

import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.SampleSink;

/**
 * Split Gibbs sampling alone, with a falling noise level: x is drawn from what the measurement says
 * near u, and u from what the prior says near x. Each sample is the end of a chain of its own.
 *
 * <p>Its law is not the posterior, as u is one ancestral step's and not the prior's own draw;
 * {@link LevelLangevin} begins with it and walks on.
 *
 * <p>Sources: Bouman and Buzzard, "Generative plug and play", Allerton 2023; Wu et al., "Principled
 * probabilistic imaging using diffusion models as plug-and-play priors", NeurIPS 2024.
 *
 * @param lastLevel the level that it ends at, in units of the model's range, or 0 to choose it from
 *     the measurement
 * @param gibbsSweeps sweeps, one a level, at least 1; twice as many where pixels are hidden ({@link
 *     LevelLangevin})
 */
public record SplitGibbsSampling(double lastLevel, int gibbsSweeps) implements Solver {

  /** Where what the last draw blurs no longer matters. */
  private static final double LAST_LEVEL = 0.05;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public SplitGibbsSampling {
    Settings.notNegative("last_level", lastLevel);
    Settings.atLeast("gibbs_sweeps", gibbsSweeps, 1);
  }

  /** The settings that are recommended. */
  public static SplitGibbsSampling standard() {
    return new SplitGibbsSampling(LAST_LEVEL, LevelLangevin.standard().gibbsSweeps());
  }

  /** Chains at a level that give what they start with. */
  private LevelLangevin starts(int samples) {
    return new LevelLangevin(lastLevel, samples, gibbsSweeps, 0, 1, 0);
  }

  @Override
  public long expectedPasses(InverseProblem problem, int samples) {
    return starts(samples).expectedPasses(problem, samples);
  }

  @Override
  public SolverReport solve(
      InverseProblem problem,
      int samples,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress progress) {
    return starts(samples).solve(problem, samples, sink, checkpoints, progress);
  }
}
