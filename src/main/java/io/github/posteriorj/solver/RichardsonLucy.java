package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.progress.Progress;
import java.util.function.UnaryOperator;

/**
 * Richardson-Lucy deconvolution: x <- x A^T(y / A x) / A^T 1, from a constant image.
 *
 * <p>It climbs the likelihood of Poisson noise and keeps intensities positive; noise grows with the
 * iterations, so that stopping early is its only protection.
 *
 * <p>Source: Richardson, J. Opt. Soc. Am. 1972; Lucy, Astronomical Journal 1974.
 *
 * @param iterations the most iterations, at least 1
 * @param discrepancy the misfit to stop at, 0 or more: 1 is what the noise explains
 */
public record RichardsonLucy(int iterations, double discrepancy) implements PointEstimate {

  private static final String STAGE = "Deconvolving";

  /**
   * Keeps quotients finite where the measurement or its prediction is dark, or a pixel was not
   * measured, as a share of the largest value.
   */
  private static final float DARK = 1e-6f;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public RichardsonLucy {
    Settings.atLeast("iterations", iterations, 1);
    Settings.notNegative("discrepancy", discrepancy);
  }

  /** The settings that are recommended. */
  public static RichardsonLucy standard() {
    return new RichardsonLucy(500, 1);
  }

  @Override
  public NDArray estimate(LinearMeasurement measured, Progress progress) {
    return untilNoiseExplains(measured, UnaryOperator.identity(), progress);
  }

  /**
   * Iterates until the misfit is what the noise explains. Intensities count from the model's black.
   *
   * @param regularised changes each iteration's estimate
   * @return in the model's range
   */
  NDArray untilNoiseExplains(
      LinearMeasurement measured, UnaryOperator<NDArray> regularised, Progress progress) {
    float black = (float) measured.problem().model().constants().low();
    NDArray light =
        measured.values().sub(measured.predicted(measured.flat(black))).mul(measured.mask());
    Iteration iteration = Iteration.of(measured.observed(), light);
    NDArray estimate = iteration.start();
    boolean isExplained = false;
    for (int i = 1; i <= iterations && !isExplained; i++) {
      try (NDManager passing = measured.scope().newSubManager()) {
        estimate.attach(passing);
        estimate = regularised.apply(iteration.next(estimate));
        isExplained = measured.misfit(estimate.add(black)) <= discrepancy;
        estimate.attach(measured.scope());
      }
      progress.advanced(STAGE, i, isExplained ? i : iterations);
    }
    return estimate.add(black);
  }

  /**
   * Deconvolves.
   *
   * @param operator A, which must not make positive images negative
   * @param y [1, C, H, W], its background at 0; negative values count as dark
   * @param iterations number of iterations
   * @return the estimate, in the units of y and of the shape of x; it lives in the scope of y
   */
  public static NDArray deconvolve(LinearOperator operator, NDArray y, int iterations) {
    return deconvolve(operator, y, iterations, Progress.NONE);
  }

  /** The same, while a listener hears of the progress, and may end it. */
  public static NDArray deconvolve(
      LinearOperator operator, NDArray y, int iterations, Progress listener) {
    Iteration iteration = Iteration.of(operator, y);
    NDArray estimate = iteration.start();
    for (int i = 0; i < iterations; i++) {
      NDArray next = iteration.next(estimate);
      estimate.close();
      estimate = next;
      listener.advanced(STAGE, i + 1, iterations);
    }
    return estimate;
  }

  /**
   * One iteration.
   *
   * @param operator A
   * @param measured y, nowhere dark
   * @param norm A^T 1, nowhere dark
   * @param dark what counts as dark
   */
  private record Iteration(LinearOperator operator, NDArray measured, NDArray norm, float dark) {

    static Iteration of(LinearOperator operator, NDArray y) {
      float dark = DARK * Math.max(y.max().getFloat(), Float.MIN_NORMAL);
      NDArray measured = y.maximum(dark);
      NDArray weights = operator.adjoint(measured.onesLike());
      NDArray norm = weights.maximum(DARK * weights.max().getFloat());
      return new Iteration(operator, measured, norm, dark);
    }

    NDArray start() {
      return norm.onesLike().mul(measured.mean());
    }

    NDArray next(NDArray estimate) {
      NDArray quotient = measured.div(operator.apply(estimate).maximum(dark));
      return estimate.mul(operator.adjoint(quotient)).div(norm);
    }
  }
}
