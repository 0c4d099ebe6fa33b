package io.github.posteriorj.solver;

import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.sampler.level.LevelProblem;
import io.github.posteriorj.sampler.level.LevelReport;
import io.github.posteriorj.sampler.level.LevelSampler;
import io.github.posteriorj.sampler.level.LevelSettings;
import io.github.posteriorj.sampler.level.NetworkPrior;
import io.github.posteriorj.tensor.MemoryNeed;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Langevin dynamics at a level of a consistency model's noise space, started by split Gibbs
 * sampling: each sample is a chain of its own, and samples are independent.
 *
 * <p>At the level rho the chains have the density p_rho(x) p(y given f(x, rho)), and samples are
 * f(x, rho): see {@link LevelSampler}, which names the sources.
 *
 * @param level rho, in units of the model's range
 * @param gibbsSweeps sweeps of split Gibbs sampling before that, at least 1
 * @param levelSteps Langevin steps of each chain; with 0 the samples are those of split Gibbs
 *     sampling, which are not exact
 * @param stepSize step of the dynamics, in the coordinates that the chains walk in
 */
public record LevelLangevin(double level, int gibbsSweeps, int levelSteps, double stepSize)
    implements Solver {

  /** Below this probability the halves of the walks are not alike by chance. */
  private static final double UNLIKELY = 0.01;

  private static final int ANY_SAMPLES = 1;
  private static final int ANY_SEED = 0;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public LevelLangevin {
    new LevelSettings(ANY_SAMPLES, level, gibbsSweeps, levelSteps, stepSize, ANY_SEED);
  }

  /** The settings that are recommended. */
  public static LevelLangevin standard() {
    LevelSettings settings = LevelSettings.standard(ANY_SAMPLES, ANY_SEED);
    return new LevelLangevin(
        settings.level(), settings.sweeps(), settings.steps(), settings.stepSize());
  }

  @Override
  public int chains(int samples) {
    return samples;
  }

  @Override
  public boolean isIndependent() {
    return true;
  }

  @Override
  public SolverReport solve(
      InverseProblem problem, int samples, SampleSink sink, Progress progress) {
    LevelSettings settings =
        new LevelSettings(samples, level, gibbsSweeps, levelSteps, stepSize, problem.seed());
    LevelProblem sampled =
        new LevelProblem(
            NetworkPrior.of(problem.model(), problem.generationSteps(), problem.model().denoiser()),
            problem.operator(),
            problem.likelihood(),
            problem.measurement(),
            problem.image());
    LevelReport report =
        memoryNeed(problem, sampled, samples)
            .guard(
                problem.model().device().isCpu(),
                () -> new LevelSampler(settings).run(sampled, sink, progress));
    return report(report);
  }

  private static SolverReport report(LevelReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("Noise level of the chains", report.level());
    facts.put("Step size", report.stepSize());
    facts.put("Chains walked again with a smaller step", report.halved());
    report
        .comparison()
        .ifPresent(
            halves -> {
              facts.put("Shift in the second half of the walks", halves.shift());
              facts.put("Spread in the second half of the walks", halves.spread());
              facts.put("Probability of that at rest", halves.pValue());
            });
    return new SolverReport(
        0,
        (long) report.passes() * report.samples(),
        true,
        facts,
        report.comparison().stream()
            .filter(halves -> halves.pValue() < UNLIKELY)
            .map(
                halves ->
                    String.format(
                        Locale.ROOT,
                        "The samples still changed in the second half of the walks (shift of %.2f"
                            + " standard deviations, spread times %.2f, p = %.4f). Raise"
                            + " level_steps.",
                        halves.shift(),
                        halves.spread(),
                        halves.pValue()))
            .toList());
  }

  private static MemoryNeed memoryNeed(InverseProblem problem, LevelProblem sampled, int samples) {
    return new MemoryNeed(
        (double) problem.model().constants().gradientBytesPerPixel()
            * Posterior.pixelsAtOnce(
                sampled.prior().canvas(problem.image()),
                samples,
                !problem.model().device().isCpu()),
        "sampling this image",
        "Choose a smaller field (Image > Crop).");
  }
}
