package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/** A linear forward operator A, with its adjoint A^T: for all x and y, (A x, y) = (x, A^T y). */
public interface LinearOperator extends ForwardOperator {

  /**
   * Applies the adjoint.
   *
   * @param y [N, ...], of the operator's output shape
   * @return A^T y, [N, C, H, W]; it lives in the scope of y
   */
  NDArray adjoint(NDArray y);

  /** The operator itself. */
  @Override
  default Optional<LinearOperator> linearPart() {
    return Optional.of(this);
  }

  /**
   * The pseudo-inverse A^+ of Moore and Penrose, where it is known exactly.
   *
   * @param y [N, ...], of the operator's output shape
   * @return A^+ y, [N, C, H, W], in the scope of y; empty if the operator does not know it
   */
  default Optional<NDArray> exactPseudoInverse(NDArray y) {
    return Optional.empty();
  }

  /**
   * Coordinates in which the operator's information is diagonal, or nearly so: cosine waves, with
   * what the operator leaves of them measured, unless it knows better ones.
   *
   * @param scope where what the coordinates need lives
   * @param image [C, H, W]
   */
  default Diagonalisation diagonalisation(NDManager scope, Shape image) {
    return CosineDiagonalisation.measured(this, scope, image);
  }
}
