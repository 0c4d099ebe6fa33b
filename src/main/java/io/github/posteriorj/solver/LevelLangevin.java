package io.github.posteriorj.solver;

import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.sampler.level.LevelReport;
import io.github.posteriorj.sampler.level.LevelSampler;
import io.github.posteriorj.sampler.level.LevelSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Langevin dynamics at a level of a consistency model's noise space, started by split Gibbs
 * sampling: many chains, each of which gives a few samples.
 *
 * <p>At the level rho the chains have the density p_rho(x) p(y given f(x, rho)), and samples are
 * f(x, rho): see {@link LevelSampler}, which names the sources.
 *
 * @param level rho, in units of the model's range, or 0 to choose it from the measurement
 * @param chains chains that share the samples, or 0 to choose: one a sample if there are few, else
 *     one for up to {@value #MOST_SAMPLES_OF_A_CHAIN}
 * @param gibbsSweeps sweeps of split Gibbs sampling that each chain starts with, at least 1; more
 *     of them, and other steps, where pixels are hidden ({@link LevelSettings#adaptedTo})
 * @param levelSteps Langevin steps of a chain before its first sample; with 0 and one sample a
 *     chain the samples are those of split Gibbs sampling, which are not exact
 * @param stepsBetween Langevin steps from one sample of a chain to its next, at least 1
 * @param stepSize step of the dynamics, in the coordinates that the chains walk in, or 0 for the
 *     one that is recommended
 */
public record LevelLangevin(
    double level, int chains, int gibbsSweeps, int levelSteps, int stepsBetween, double stepSize)
    implements Solver {

  private static final LevelSettings USUAL = LevelSettings.standard(1, 0);
  private static final int MOST_SAMPLES_OF_A_CHAIN = 3;

  /** With fewer chains a comparison of their walks says nothing. */
  private static final int FEW_CHAINS = 10;

  /** Below this probability the halves of the walks are not alike by chance. */
  private static final double UNLIKELY = 0.01;

  private static final int ANY_SEED = 0;

  /**
   * Checks the settings that do not depend on the number of samples.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public LevelLangevin {
    if (chains < 0) {
      throw new IllegalArgumentException(
          "The number of chains must be 1 or more, or 0 to choose it, not " + chains + ".");
    }
    settings(1, 1, level, gibbsSweeps, levelSteps, stepsBetween, stepSize, ANY_SEED);
  }

  /** The settings that are recommended. */
  public static LevelLangevin standard() {
    return new LevelLangevin(0, 0, USUAL.sweeps(), USUAL.steps(), USUAL.thinning(), 0);
  }

  /** The same at another level. */
  public LevelLangevin withLevel(double other) {
    return new LevelLangevin(other, chains, gibbsSweeps, levelSteps, stepsBetween, stepSize);
  }

  private static LevelSettings settings(
      int samples,
      int chains,
      double level,
      int sweeps,
      int steps,
      int stepsBetween,
      double stepSize,
      long seed) {
    return new LevelSettings(
        samples,
        chains,
        level,
        sweeps,
        steps,
        stepsBetween,
        stepSize == 0 ? USUAL.stepSize() : stepSize,
        seed);
  }

  private LevelSettings settings(int samples, long seed) {
    return settings(
        samples, chains(samples), level, gibbsSweeps, levelSteps, stepsBetween, stepSize, seed);
  }

  private int chains(int samples) {
    if (chains > 0) {
      return chains;
    }
    int each = Math.max(1, Math.min(MOST_SAMPLES_OF_A_CHAIN, samples / FEW_CHAINS));
    return (samples + each - 1) / each;
  }

  @Override
  public long expectedPasses(InverseProblem problem, int samples) {
    return settings(samples, problem.seed()).adaptedTo(problem.atLevels()).passes();
  }

  @Override
  public SolverReport solve(
      InverseProblem problem,
      int samples,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress progress) {
    return report(
        new LevelSampler(settings(samples, problem.seed()))
            .run(problem.atLevels(), sink, checkpoints, progress));
  }

  private static SolverReport report(LevelReport report) {
    LevelSettings settings = report.walked();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("Noise level of the chains", report.level());
    facts.put("Sweeps of split Gibbs sampling", settings.sweeps());
    facts.put("Langevin steps to the first sample", settings.steps());
    facts.put("Step size", report.stepSize());
    facts.put("Chains walked again with a smaller step", report.halved());
    double worth = worth(settings, report.correlation().orElse(0));
    report
        .correlation()
        .ifPresent(
            correlation -> {
              facts.put("Correlation of a chain's samples", correlation);
              facts.put("Independent samples that they are worth", worth);
            });
    report
        .comparison()
        .ifPresent(
            halves -> {
              facts.put("Shift along the walks", halves.shift());
              facts.put("Spread along the walks", halves.spread());
              facts.put("Probability of that at rest", halves.pValue());
            });
    return new SolverReport(
        0,
        report.passes(),
        Optional.of(settings.chains()),
        OptionalDouble.of(worth),
        facts,
        report.comparison().stream()
            .filter(halves -> halves.pValue() < UNLIKELY)
            .map(
                halves ->
                    String.format(
                        Locale.ROOT,
                        "The samples still changed along the walks (shift of %.2f"
                            + " standard deviations, spread times %.2f, p = %.4f). Raise"
                            + " level_steps.",
                        halves.shift(),
                        halves.spread(),
                        halves.pValue()))
            .toList());
  }

  /** Independent samples that would give a mean as good (Kish 1965, section 5.4). */
  private static double worth(LevelSettings settings, double correlation) {
    double each = (double) settings.samples() / settings.chains();
    return settings.samples() / (1 + (each - 1) * Math.max(0, correlation));
  }
}
