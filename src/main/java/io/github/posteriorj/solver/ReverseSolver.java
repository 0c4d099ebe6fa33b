package io.github.posteriorj.solver;

import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.sampler.UnsuitableProblemException;
import io.github.posteriorj.sampler.diffusion.ModelPrior;
import io.github.posteriorj.sampler.diffusion.ReverseProcess;
import io.github.posteriorj.sampler.diffusion.ReverseStep;
import io.github.posteriorj.sampler.level.LevelProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A solver that draws each sample on its own, from fresh noise down the noise levels: it is told
 * apart from the others by its {@link ReverseStep} alone.
 */
interface ReverseSolver extends Solver, ReverseStep {

  /**
   * Refuses problems that the method is not for.
   *
   * @throws UnsuitableProblemException saying why
   */
  default void check(InverseProblem problem) {
    if (problem.generationSteps() != 1) {
      throw new UnsuitableProblemException(
          "method=[%s] comes down the noise levels by itself, so that generation_steps has no effect. Leave it at 1, not %d."
              .formatted(MethodSettings.kind(this), problem.generationSteps()));
    }
  }

  @Override
  default Optional<String> causeOfMisfit() {
    return Optional.of(
        "method=[%s] weighs the measurement by its own settings, and not by the noise."
            .formatted(MethodSettings.kind(this)));
  }

  @Override
  default long expectedPasses(InverseProblem problem, int samples) {
    return samples * (passes() + SolverReport.PASSES_OF_A_GRADIENT * gradients());
  }

  @Override
  default SolverReport solve(
      InverseProblem problem,
      int samples,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress progress) {
    check(problem);
    LevelProblem sampled =
        new LevelProblem(
            ModelPrior.of(problem.model(), needs(), MethodSettings.kind(this)),
            problem.operator(),
            problem.likelihood(),
            problem.measurement(),
            problem.image());
    new ReverseProcess(this, samples, problem.seed()).run(sampled, sink, checkpoints, progress);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("Noise levels", noiseLevels());
    facts.put("Independent samples that they are worth", samples);
    return new SolverReport(
        gradients(),
        expectedPasses(problem, samples),
        Optional.empty(),
        OptionalDouble.of(samples),
        facts,
        List.of());
  }
}
