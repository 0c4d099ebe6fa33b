package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.diffusion.ModelPrior;
import io.github.posteriorj.sampler.level.DataStep;
import io.github.posteriorj.sampler.level.LevelProblem;
import java.util.Set;

/**
 * Wiener's filter for white images: the mean of the posterior if all pixels were independent, of
 * one mean m and one variance s^2,
 *
 * <p>x = m + (A^T W A + 1 / s^2)^-1 A^T W (y - A(m)),
 *
 * <p>with the m whose flat image fits best, and the least s at which the misfit is what the noise
 * explains.
 *
 * <p>Source: Wiener, "Extrapolation, interpolation, and smoothing of stationary time series", 1949;
 * with a constant spectrum it is Tikhonov's regularisation.
 *
 * @param discrepancy the misfit to end at, 0 or more: 1 is what the noise explains
 */
public record WienerFilter(double discrepancy) implements PointEstimate {

  /** s, in units of the model's range, as powers of ten. */
  private static final double LEAST = -4;

  private static final double MOST = 2;

  /** Halvings of that interval. */
  private static final int HALVINGS = 24;

  /**
   * Checks the setting.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public WienerFilter {
    Settings.notNegative("discrepancy", discrepancy);
  }

  /** The settings that are recommended. */
  public static WienerFilter standard() {
    return new WienerFilter(1);
  }

  @Override
  public NDArray estimate(LinearMeasurement measured, Progress progress) {
    InverseProblem problem = measured.problem();
    LevelProblem seen =
        new LevelProblem(
            ModelPrior.of(problem.model(), Set.of(), MethodSettings.kind(this)),
            problem.operator(),
            problem.likelihood(),
            problem.measurement(),
            problem.image());
    DataStep data = DataStep.of(seen, measured.scope());
    double mean = mean(measured);
    double least = LEAST;
    double most = MOST;
    for (int i = 1; i <= HALVINGS; i++) {
      double middle = (least + most) / 2;
      try (NDManager passing = measured.scope().newSubManager()) {
        boolean isExplained =
            measured.misfit(filtered(seen, data, passing, mean, middle)) <= discrepancy;
        least = isExplained ? least : middle;
        most = isExplained ? middle : most;
      }
      progress.advanced("Deconvolving", i, HALVINGS);
    }
    return filtered(seen, data, measured.scope(), mean, most);
  }

  private static NDArray filtered(
      LevelProblem seen, DataStep data, NDManager scope, double mean, double power) {
    NDArray flat = scope.full(new Shape(1).addAll(seen.window().canvas()), (float) mean);
    return seen.window().cut(data.proximal(flat, Math.pow(10, power)));
  }

  /** The value whose flat image fits best: the weighted regression of y - A(0) on L 1. */
  private static double mean(LinearMeasurement measured) {
    NDArray light = measured.values().sub(measured.predicted(measured.flat(0)));
    NDArray response = measured.linear().apply(measured.flat(1));
    NDArray weighted = response.mul(measured.weights());
    return weighted.mul(light).sum().getFloat() / (double) weighted.mul(response).sum().getFloat();
  }
}
