package io.github.posteriorj.restoration;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import java.util.List;

/** Restorations by chains in noise space, with a sampler's settings. */
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
    return new Restoration(
        model,
        generationSteps,
        operator,
        NoiseSpaceLangevin.of(how).withRestarts(restarts),
        how.samples(),
        how.seed(),
        OutlierTreatment.KEEP,
        List.of());
  }
}
