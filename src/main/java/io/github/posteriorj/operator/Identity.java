package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Optional;

/** An instrument that adds nothing but noise: A x = x. */
public record Identity() implements PseudoInvertible {

  @Override
  public NDArray apply(NDArray x) {
    // A tensor of its own, which may be closed or changed; DJL's duplicates pass no gradient.
    return x.mul(DeviceArrays.constant(x.getManager(), 1));
  }

  @Override
  public NDArray adjoint(NDArray y) {
    return apply(y);
  }

  @Override
  public NDArray pseudoInverse(NDArray y) {
    return apply(y);
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public Optional<PixelResponse> pixelResponse() {
    return Optional.of(PixelResponse.affine(1, 0));
  }

  @Override
  public Diagonalisation diagonalisation(NDManager scope, Shape image) {
    return new PixelDiagonalisation(this);
  }

  @Override
  public String toString() {
    return "Identity";
  }
}
