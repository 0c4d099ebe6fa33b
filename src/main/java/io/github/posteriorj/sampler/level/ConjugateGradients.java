package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.function.UnaryOperator;

/**
 * Solves H x = b for a batch of right-hand sides by preconditioned conjugate gradients, begun at
 * the preconditioner's own solution: where that is exact, no iteration is taken.
 *
 * <p>Each member of the batch stops by itself, when r^T M r, near the squared error in the norm of
 * H, is below {@value #TOLERANCE} times the number of unknowns. A draw from N(H^-1 b, H^-1) is off
 * its mean by that number in the same norm, so that the error is a hundredth of the spread.
 *
 * <p>Source: Hestenes and Stiefel 1952, as in Golub and Van Loan, "Matrix Computations", algorithm
 * 11.5.1.
 *
 * @param matrix H, symmetric and positive definite
 * @param preconditioner M, near H^-1
 */
record ConjugateGradients(UnaryOperator<NDArray> matrix, UnaryOperator<NDArray> preconditioner) {

  private static final double TOLERANCE = 1e-4;
  private static final int MOST_ITERATIONS = 100;

  /** Keeps quotients finite where a member has nothing left to do. */
  private static final float TINY = Float.MIN_NORMAL;

  private record State(NDArray x, NDArray residual, NDArray direction, NDArray error) {

    State attach(NDManager scope) {
      for (NDArray array : new NDArray[] {x, residual, direction, error}) {
        array.attach(scope);
      }
      return this;
    }
  }

  /**
   * Solves.
   *
   * @param b [N, C, H, W]
   * @return x, of the same shape; it lives in the scope of b
   */
  NDArray solve(NDArray b) {
    NDArray x = preconditioner.apply(b);
    NDArray residual = b.sub(matrix.apply(x));
    NDArray direction = preconditioner.apply(residual);
    State state = new State(x, residual, direction, product(residual, direction));
    float small = (float) (TOLERANCE * b.getShape().size() / b.getShape().get(0));
    for (int i = 0; i < MOST_ITERATIONS && state.error().max().getFloat() > small; i++) {
      state = iterate(state, small);
    }
    return state.x();
  }

  private State iterate(State state, float small) {
    NDManager scope = state.x().getManager();
    try (NDManager passing = scope.newSubManager()) {
      state.attach(passing);
      NDArray image = matrix.apply(state.direction());
      NDArray active = state.error().gt(small).toType(state.x().getDataType(), false);
      NDArray length =
          state.error().div(product(state.direction(), image).maximum(TINY)).mul(active);
      NDArray x = state.x().add(state.direction().mul(length));
      NDArray residual = state.residual().sub(image.mul(length));
      NDArray solved = preconditioner.apply(residual);
      NDArray error = product(residual, solved);
      NDArray turn = error.div(state.error().maximum(TINY));
      NDArray direction = solved.add(state.direction().mul(turn));
      return new State(x, residual, direction, error).attach(scope);
    }
  }

  /** (a, b) of each member, [N, 1, 1, 1]. */
  private static NDArray product(NDArray a, NDArray b) {
    return DeviceArrays.sumOfEach(a.mul(b)).reshape(a.getShape().get(0), 1, 1, 1);
  }
}
