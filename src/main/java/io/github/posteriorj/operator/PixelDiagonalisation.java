package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;

/**
 * The pixels themselves as coordinates, for an operator that changes each value by a factor of its
 * own: A^T diag(w) A = diag(a^2 w).
 *
 * @param operator A, its own adjoint
 */
record PixelDiagonalisation(LinearOperator operator) implements Diagonalisation {

  @Override
  public NDArray forward(NDArray x) {
    return x;
  }

  @Override
  public NDArray backward(NDArray c) {
    return c;
  }

  @Override
  public NDArray information(NDArray weights) {
    return operator.apply(operator.apply(weights));
  }
}
