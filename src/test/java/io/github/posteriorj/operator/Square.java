package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** A measurement that does not tell the sign: A(x) = x^2, pixel by pixel. */
public record Square() implements ForwardOperator {

  @Override
  public NDArray apply(NDArray x) {
    return x.square();
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }
}
