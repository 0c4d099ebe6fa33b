package io.github.posteriorj.solver;

import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.sampler.UnsuitableProblemException;

/** Methods that are for linear operators alone. */
final class Linearity {

  private Linearity() {}

  /**
   * The linear part of a problem's operator.
   *
   * @throws UnsuitableProblemException if it has none; the message says what to do
   */
  static LinearOperator require(Solver solver, InverseProblem problem) {
    return problem
        .operator()
        .linearPart()
        .orElseThrow(
            () ->
                new UnsuitableProblemException(
                    "method=[%s] is for linear instruments, and this one is not: %s. Choose another method, such as DPS."
                        .formatted(MethodSettings.kind(solver), problem.operator())));
  }
}
