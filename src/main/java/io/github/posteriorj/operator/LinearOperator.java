package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;

/** A linear forward operator A, with its adjoint A^T: for all x and y, (A x, y) = (x, A^T y). */
public interface LinearOperator extends ForwardOperator {

  /**
   * Applies the adjoint.
   *
   * @param y [N, ...], of the operator's output shape
   * @return A^T y, [N, C, H, W]; it lives in the scope of y
   */
  NDArray adjoint(NDArray y);
}
