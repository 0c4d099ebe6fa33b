package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * A linear operator whose pseudo-inverse A^+ (Moore and Penrose's) is known exactly.
 *
 * <p>A^+ y is the shortest of the images that come closest to y; where A has full row rank it is
 * A^T (A A^T)^-1 y. So x + A^+ (y - A x) is the image nearest to x that fits y.
 */
public interface PseudoInvertible extends LinearOperator {

  /**
   * Applies the pseudo-inverse.
   *
   * @param y [N, ...], of the operator's output shape
   * @return A^+ y, [N, C, H, W]; it lives in the scope of y
   */
  NDArray pseudoInverse(NDArray y);

  @Override
  default Optional<NDArray> exactPseudoInverse(NDArray y) {
    return Optional.of(pseudoInverse(y));
  }
}
