package io.github.posteriorj.solver;

import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.PosteriorSampler;
import io.github.posteriorj.sampler.Preconditioning;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.sampler.SampleTarget;
import io.github.posteriorj.sampler.SamplerReport;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.UnsuitableProblemException;
import io.github.posteriorj.sampler.WarmStart;
import io.github.posteriorj.sampler.level.SplitGibbsStarts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Markov chains in the noise space of a generative model: U(z) = |z|^2 / 2 + L_y(A(Phi(z))), with
 * images x = Phi(z).
 *
 * <p>Source: Purohit et al., "Posterior sampling via Langevin dynamics based on generative priors",
 * arXiv 2410.02078, 2024; {@link PosteriorSampler} tells what differs.
 *
 * @param chains chains that share the samples, or 0 for one a sample, at most 8
 * @param restarts chains that are run for each one that is kept, the best ones by their likelihood:
 *     1 keeps all. More are for measurements that images unlike each other explain nearly as well,
 *     such as a Fourier magnitude, where most chains end at a poor one
 * @param warmStart how chains find their first states
 * @param warmStartSteps gradients that a start may take, or steps of split Gibbs sampling and of
 *     the probability flow, 0 or more
 * @param integrator what moves the chains
 * @param preconditioning which coordinates they move in
 * @param stepSize step size of the integrator, 0 to choose it
 * @param burnIn transitions of each chain that are thrown away, 0 or more
 * @param thinning transitions of a chain from one sample to the next, at least 1
 * @param targetEss the median pixel's effective sample size to go on to, 0 for none
 * @param maxGradients gradients of a chain after which no samples are begun, 0 for no limit
 */
public record NoiseSpaceLangevin(
    int chains,
    int restarts,
    WarmStart warmStart,
    int warmStartSteps,
    Integrator integrator,
    Preconditioning preconditioning,
    double stepSize,
    int burnIn,
    int thinning,
    double targetEss,
    long maxGradients)
    implements Solver {

  private static final int ANY_SEED = 0;
  private static final int ENOUGH_SAMPLES = 64;
  private static final int FEWEST_SAMPLES = 2;

  /**
   * Checks the settings that do not depend on the number of samples.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public NoiseSpaceLangevin {
    if (restarts < 1) {
      throw new IllegalArgumentException(
          "The number of restarts must be 1 or more, not " + restarts + ".");
    }
    if (chains < 0) {
      throw new IllegalArgumentException(
          "The number of chains must be 1 or more, or 0 to choose it, not " + chains + ".");
    }
  }

  /** The settings of a sampler, whatever its samples and its seed, with all chains kept. */
  public static NoiseSpaceLangevin of(SamplerSettings settings) {
    return new NoiseSpaceLangevin(
        settings.chains(),
        1,
        settings.start().method(),
        settings.start().steps(),
        settings.moves().integrator(),
        settings.moves().preconditioning(),
        settings.moves().stepSize(),
        settings.transitions().burnIn(),
        settings.transitions().thinning(),
        settings.target().effectiveSamples(),
        settings.target().gradients());
  }

  /** The settings that are recommended. */
  public static NoiseSpaceLangevin standard() {
    return of(SamplerSettings.standard(ENOUGH_SAMPLES, ANY_SEED)).withChains(0);
  }

  /** The same with another number of chains. */
  public NoiseSpaceLangevin withChains(int other) {
    return new NoiseSpaceLangevin(
        other,
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

  /** The same with another number of restarts. */
  public NoiseSpaceLangevin withRestarts(int other) {
    return new NoiseSpaceLangevin(
        chains,
        other,
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

  private int chains(int samples) {
    return chains == 0 ? SamplerSettings.standard(samples, ANY_SEED).chains() : chains;
  }

  /**
   * The settings for a number of samples.
   *
   * @throws UnsuitableProblemException if there are too few
   */
  private SamplerSettings settings(int samples, long seed) {
    if (samples < FEWEST_SAMPLES) {
      throw new UnsuitableProblemException(
          "Chains at sigma_max need %d samples or more, not %d. Draw %1$d."
              .formatted(FEWEST_SAMPLES, samples));
    }
    return new SamplerSettings(
        samples,
        chains(samples),
        new SamplerSettings.Start(warmStart, warmStartSteps),
        new SamplerSettings.Moves(integrator, preconditioning, stepSize),
        new SamplerSettings.Transitions(burnIn, thinning),
        new SampleTarget(targetEss, maxGradients),
        seed);
  }

  @Override
  public long expectedPasses(InverseProblem problem, int samples) {
    SamplerSettings settings = settings(samples, problem.seed());
    return passes(problem, settings, new PosteriorSampler(settings).expectedGradients());
  }

  /** Whether chains begin by split Gibbs sampling, as their prior can be sampled so. */
  private boolean beginsBySplitGibbs(InverseProblem problem) {
    return warmStart == WarmStart.SPLIT_GIBBS && problem.isKnownAtAllLevels();
  }

  /**
   * Passes of so many gradients of a chain, among them the steps of its start, which are of fewer
   * passes where it is by split Gibbs sampling.
   */
  private long passes(InverseProblem problem, SamplerSettings settings, long gradients) {
    int ofStep =
        beginsBySplitGibbs(problem)
            ? SplitGibbsStarts.PASSES_OF_A_STEP
            : SolverReport.PASSES_OF_A_GRADIENT;
    long less = (long) (SolverReport.PASSES_OF_A_GRADIENT - ofStep) * settings.start().steps();
    return (SolverReport.PASSES_OF_A_GRADIENT * gradients - less)
        * problem.model().passes(problem.generationSteps())
        * settings.chains()
        * restarts;
  }

  @Override
  public SolverReport solve(
      InverseProblem problem,
      int samples,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress listener) {
    SamplerSettings settings = settings(samples, problem.seed());
    CroppedPrior prior =
        problem.model().forImages(problem.generationSteps(), problem.image(), problem.seed());
    Posterior posterior = problem.posterior(prior);
    if (beginsBySplitGibbs(problem)) {
      posterior = posterior.withStarts(new SplitGibbsStarts(problem.atLevels()));
    }
    PosteriorSampler sampler = new PosteriorSampler(settings.withRestarts(restarts));
    if (restarts == 1) {
      SamplerReport report = sampler.run(posterior, sink, checkpoints, listener);
      return report(problem, posterior, settings, report, report.samples());
    }
    BestChains best = new BestChains(settings.chains());
    SamplerReport report = sampler.run(posterior, best, checkpoints, listener);
    return report(problem, posterior, settings, report, best.release(sink));
  }

  private SolverReport report(
      InverseProblem problem,
      Posterior posterior,
      SamplerSettings settings,
      SamplerReport report,
      int drawn) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("Start of the chains", warmStart.usedFor(posterior).label());
    facts.put("Restarts", restarts);
    facts.put("Preconditioning", report.preconditioner());
    facts.put("Step size", report.stepSize());
    facts.put("Step size halved", report.halvings() + " times");
    facts.put("Acceptance", Double.isNaN(report.acceptance()) ? "all moves" : report.acceptance());
    return new SolverReport(
        report.evaluations(),
        passes(problem, settings, report.evaluations()),
        Optional.of(settings.chains()),
        OptionalDouble.empty(),
        facts,
        report.limited() ? List.of(limit(settings, drawn)) : List.of());
  }

  private static String limit(SamplerSettings settings, int drawn) {
    return String.format(
        Locale.ROOT,
        "The limit on gradients ended the run after %d samples, before %s. Raise"
            + " max_gradients (0: no limit), or ask for less.",
        drawn,
        drawn < settings.samples()
            ? "the %d that were asked for".formatted(settings.samples())
            : "their effective size was %s".formatted(settings.target().effectiveSamples()));
  }
}
