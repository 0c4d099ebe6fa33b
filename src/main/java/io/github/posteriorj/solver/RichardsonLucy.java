package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.operator.LinearOperator;

/**
 * Richardson-Lucy deconvolution: x <- x A^T(y / A x) / A^T 1, from a constant image.
 *
 * <p>It climbs the likelihood of Poisson noise and keeps intensities positive; noise grows with the
 * iterations, so that stopping early is its only protection.
 *
 * <p>Source: Richardson, J. Opt. Soc. Am. 1972; Lucy, Astronomical Journal 1974.
 */
public final class RichardsonLucy {

  /**
   * Keeps quotients finite where the measurement or its prediction is dark, or a pixel was not
   * measured, as a share of the largest value.
   */
  private static final float DARK = 1e-6f;

  private RichardsonLucy() {}

  /**
   * Deconvolves.
   *
   * @param operator A, which must not make positive images negative
   * @param y [1, C, H, W], its background at 0; negative values count as dark
   * @param iterations number of iterations
   * @return the estimate, in the units of y and of the shape of x; it lives in the scope of y
   */
  public static NDArray deconvolve(LinearOperator operator, NDArray y, int iterations) {
    float dark = DARK * Math.max(y.max().getFloat(), Float.MIN_NORMAL);
    NDArray measured = y.maximum(dark);
    NDArray weights = operator.adjoint(measured.onesLike());
    NDArray norm = weights.maximum(DARK * weights.max().getFloat());
    NDArray estimate = norm.onesLike().mul(measured.mean());
    for (int i = 0; i < iterations; i++) {
      NDArray quotient = measured.div(operator.apply(estimate).maximum(dark));
      NDArray next = estimate.mul(operator.adjoint(quotient)).div(norm);
      estimate.close();
      estimate = next;
    }
    return estimate;
  }
}
