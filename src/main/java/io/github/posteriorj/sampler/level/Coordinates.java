package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.operator.CosineDiagonalisation;
import io.github.posteriorj.operator.Diagonalisation;
import io.github.posteriorj.tensor.DeviceArrays;

/**
 * Coordinates v of noisy images in which a density is round, x = S v, with S S^T near its
 * covariance: S = U diag(s) within the image, for an orthonormal U, and a constant around it.
 *
 * <p>They need not be exact: they change how fast chains move, not where to.
 */
final class Coordinates {

  private final Window window;
  private final Diagonalisation diagonalisation;
  private final NDArray scales;
  private final double around;

  private Coordinates(
      Window window, Diagonalisation diagonalisation, NDArray variances, double around) {
    this.window = window;
    this.diagonalisation = diagonalisation;
    this.scales = variances.sqrt();
    this.around = around;
  }

  /**
   * Coordinates for what a measurement says of images near given ones, without a prior: S S^T =
   * (A^T W A + 1 / rho^2)^-1.
   *
   * @param window where the image lies on the canvas
   * @param diagonalisation U
   * @param information g, the diagonal of U^T A^T W A U
   * @param level rho
   */
  static Coordinates nearImages(
      Window window, Diagonalisation diagonalisation, NDArray information, double level) {
    NDManager scope = information.getManager();
    NDArray precision = information.add(DeviceArrays.constant(scope, 1 / (level * level)));
    return new Coordinates(
        window, diagonalisation, DeviceArrays.constant(scope, 1).div(precision), level);
  }

  /**
   * Coordinates for the posterior of noisy images, as if the prior were normal with the power P of
   * given images: p_rho has the variance P + rho^2 and f shrinks a wave by the root of P / (P +
   * rho^2), so that S S^T = U diag((P + rho^2) / (1 + P g)) U^T.
   *
   * @param window where the image lies on the canvas
   * @param waves U, cosines
   * @param information g, the diagonal of U^T A^T W A U
   * @param images u, [N, C, H', W']; each has coordinates of its own
   * @param level rho
   */
  static Coordinates ofPosterior(
      Window window,
      CosineDiagonalisation waves,
      NDArray information,
      NDArray images,
      double level) {
    NDManager scope = images.getManager();
    NDArray power = CosineDiagonalisation.powers(waves.forward(window.cut(images)));
    NDArray variances =
        power
            .add(DeviceArrays.constant(scope, level * level))
            .div(power.mul(information).add(DeviceArrays.constant(scope, 1)));
    return new Coordinates(window, waves, variances, level);
  }

  /** S v, for v of the canvas's size; it lives in the scope of v. */
  NDArray toImages(NDArray v) {
    NDArray inside = window.cut(v);
    return assembled(v, around, diagonalisation.backward(inside.mul(scales)), inside);
  }

  /** S^T g. */
  NDArray pulledBack(NDArray gradient) {
    NDArray inside = window.cut(gradient);
    return assembled(gradient, around, diagonalisation.forward(inside).mul(scales), inside);
  }

  /** S S^T b. */
  NDArray solved(NDArray b) {
    NDArray inside = window.cut(b);
    NDArray scaled = diagonalisation.forward(inside).mul(scales).mul(scales);
    return assembled(b, around * around, diagonalisation.backward(scaled), inside);
  }

  /** Something within the image, and the canvas times a factor around it. */
  private NDArray assembled(NDArray canvas, double factor, NDArray within, NDArray inside) {
    if (canvas.getShape().equals(within.getShape())) {
      return within;
    }
    NDArray all = canvas.mul((float) factor);
    return all.add(window.embed(within.sub(inside.mul((float) factor))));
  }
}
