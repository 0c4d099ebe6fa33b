package io.github.posteriorj.restoration;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import io.github.posteriorj.solver.Solver;
import java.util.List;

/** Restorations that keep outliers and make no maps. */
final class Restorations {

  private Restorations() {}

  static Restoration of(
      GenerativeModel model, int generationSteps, ForwardOperator operator, SamplerSettings how) {
    return of(model, generationSteps, operator, how, 1);
  }

  static Restoration of(
      GenerativeModel model,
      int generationSteps,
      ForwardOperator operator,
      SamplerSettings how,
      int restarts) {
    return of(
        model,
        generationSteps,
        operator,
        NoiseSpaceLangevin.of(how).withRestarts(restarts),
        how.samples(),
        how.seed());
  }

  static Restoration of(
      GenerativeModel model,
      int generationSteps,
      ForwardOperator operator,
      Solver solver,
      int samples,
      long seed) {
    return new Restoration(
        model, generationSteps, operator, solver, samples, seed, OutlierTreatment.KEEP, List.of());
  }
}
