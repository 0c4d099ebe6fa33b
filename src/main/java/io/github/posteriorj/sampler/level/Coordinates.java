package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.operator.Diagonalisation;
import io.github.posteriorj.tensor.DeviceArrays;

/**
 * Coordinates v of noisy images in which a posterior at a level is round: x = S v with S S^T =
 * (A^T W A + I / rho^2)^-1, the covariance that it has where f is the identity and p_rho is flat
 * but for its noise.
 *
 * <p>S = U (g + 1 / rho^2)^(-1/2) with the operator's {@link Diagonalisation} U, g, within the
 * image; around it S = rho. They hold for one level and for given weights W, and need not be exact:
 * they change how fast chains move, not where to.
 */
final class Coordinates {

  private final Window window;
  private final Diagonalisation diagonalisation;
  private final NDArray scales;
  private final double level;

  /**
   * Coordinates at a level.
   *
   * @param window where the image lies on the canvas
   * @param diagonalisation the operator's
   * @param information g, 0 or more
   * @param level rho
   */
  Coordinates(Window window, Diagonalisation diagonalisation, NDArray information, double level) {
    this.window = window;
    this.diagonalisation = diagonalisation;
    NDManager scope = information.getManager();
    NDArray precision = information.add(DeviceArrays.constant(scope, 1 / (level * level)));
    this.scales = DeviceArrays.constant(scope, 1).div(precision.sqrt());
    this.level = level;
  }

  /** S v, for v of the canvas's size; it lives in the scope of v. */
  NDArray toImages(NDArray v) {
    NDArray inside = window.cut(v);
    return around(v, level, diagonalisation.backward(inside.mul(scales)), inside);
  }

  /** S^T g. */
  NDArray pulledBack(NDArray gradient) {
    NDArray inside = window.cut(gradient);
    return around(gradient, level, diagonalisation.forward(inside).mul(scales), inside);
  }

  /** S S^T b, near the solution of (A^T W A + I / rho^2) x = b. */
  NDArray solved(NDArray b) {
    NDArray inside = window.cut(b);
    NDArray scaled = diagonalisation.forward(inside).mul(scales).mul(scales);
    return around(b, level * level, diagonalisation.backward(scaled), inside);
  }

  /** Something within the image, and the canvas times a factor around it. */
  private NDArray around(NDArray canvas, double factor, NDArray within, NDArray inside) {
    if (canvas.getShape().equals(within.getShape())) {
      return within;
    }
    NDArray all = canvas.mul((float) factor);
    return all.add(window.embed(within.sub(inside.mul((float) factor))));
  }
}
