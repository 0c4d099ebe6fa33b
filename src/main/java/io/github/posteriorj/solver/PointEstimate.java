package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.sampler.UnsuitableProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A method of deconvolution that knows no prior and gives one image, without a spread. It is made
 * sharper as long as the measurement bears it: until the misfit is as large as the noise explains,
 * Morozov's discrepancy principle. It takes seconds, and keeps nothing to go on from: a run that
 * was ended begins anew.
 *
 * <p>Source: Morozov, "On the solution of functional equations by the method of regularization",
 * Soviet Math. Dokl. 1966.
 */
interface PointEstimate extends Solver {

  /** The misfit ({@link io.github.posteriorj.likelihood.Likelihood#misfit}) to end at. */
  double discrepancy();

  /**
   * Finds the image.
   *
   * @param measured the measurement, and the misfit of images
   * @param progress hears of each iteration, and may end the run
   * @return [1, C, H, W], in the model's range
   */
  NDArray estimate(LinearMeasurement measured, Progress progress);

  @Override
  default long expectedPasses(InverseProblem problem, int samples) {
    return 0;
  }

  @Override
  default SolverReport solve(
      InverseProblem problem,
      int samples,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress progress) {
    String name = MethodSettings.kind(this);
    LinearOperator linear = Linearity.require(this, problem);
    try (NDManager scope = problem.model().newScope()) {
      LinearMeasurement measured = new LinearMeasurement(problem, linear, scope);
      long unseen = measured.unseenPixels();
      if (unseen > 0) {
        throw new UnsuitableProblemException(
            "%d of %d pixels are measured by nothing, and method=[%s] knows no prior to fill them by. Choose another method, such as DPS."
                .formatted(unseen, problem.image().size(), name));
      }
      NDArray image = estimate(measured, progress);
      double misfit = measured.misfit(image);
      sink.add(
          new PosteriorSample(0, image.toFloatArray(), measured.negativeLog(image), Double.NaN));
      List<String> warnings = new ArrayList<>();
      warnings.add(
          "method=[%s] gives one image, not %d samples: it tells no variance."
              .formatted(name, samples));
      if (misfit > discrepancy()) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "It ended at a misfit of %.3g, before that of %.3g was reached.",
                misfit,
                discrepancy()));
      }
      return new SolverReport(
          0, 0, Optional.empty(), OptionalDouble.of(1), Map.of("Misfit", misfit), warnings);
    }
  }
}
