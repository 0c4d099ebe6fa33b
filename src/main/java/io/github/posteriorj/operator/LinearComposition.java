package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Linear operators one after another: A = A_k ... A_2 A_1, and A^T = A_1^T A_2^T ... A_k^T.
 *
 * @param operators the first one sees the image, the last one makes the measurement
 */
public record LinearComposition(List<LinearOperator> operators) implements LinearOperator {

  /**
   * Linear operators one after another.
   *
   * @throws IllegalArgumentException if there are none
   */
  public LinearComposition {
    operators = List.copyOf(operators);
    Composition.requireAny(operators);
  }

  @Override
  public NDArray apply(NDArray x) {
    return Composition.applied(operators, x);
  }

  @Override
  public NDArray adjoint(NDArray y) {
    NDArray image = y;
    for (int i = operators.size() - 1; i >= 0; i--) {
      image = operators.get(i).adjoint(image);
    }
    return image;
  }

  @Override
  public Shape outputShape(Shape x) {
    return Composition.shape(operators, x);
  }

  @Override
  public Shape inputShape(Shape measurement) {
    return Composition.inputShape(operators, measurement);
  }

  /** That of the one operator that does more than change the unit. */
  @Override
  public Optional<NDArray> exactPseudoInverse(NDArray y) {
    long others = operators.stream().filter(operator -> !(operator instanceof Scaling)).count();
    if (others > 1) {
      return Optional.empty();
    }
    Optional<NDArray> image = Optional.of(y);
    for (int i = operators.size() - 1; i >= 0; i--) {
      LinearOperator operator = operators.get(i);
      image = image.flatMap(operator::exactPseudoInverse);
    }
    return image;
  }

  /** The coordinates of the one operator that does more than change the unit. */
  @Override
  public Diagonalisation diagonalisation(NDManager scope, Shape image) {
    double factor = 1;
    LinearOperator rest = new Identity();
    for (LinearOperator operator : operators) {
      if (operator instanceof Scaling scaling) {
        factor *= scaling.factor();
      } else if (rest instanceof Identity) {
        rest = operator;
      } else if (!(operator instanceof Identity)) {
        return LinearOperator.super.diagonalisation(scope, image);
      }
    }
    return rest.diagonalisation(scope, image).scaled(factor);
  }

  @Override
  public String toString() {
    return Composition.description(operators);
  }
}
