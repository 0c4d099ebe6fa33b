package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Optional;

/**
 * A change of unit: A x = c x. It is the linear part of an {@link Affine} change of intensities.
 *
 * @param factor c
 */
public record Scaling(double factor) implements PseudoInvertible {

  @Override
  public NDArray apply(NDArray x) {
    return x.mul(DeviceArrays.constant(x.getManager(), factor));
  }

  @Override
  public NDArray adjoint(NDArray y) {
    return apply(y);
  }

  @Override
  public NDArray pseudoInverse(NDArray y) {
    return new Scaling(1 / factor).apply(y);
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public Optional<PixelResponse> pixelResponse() {
    return Optional.of(PixelResponse.affine(factor, 0));
  }

  @Override
  public Diagonalisation diagonalisation(NDManager scope, Shape image) {
    return new PixelDiagonalisation(this);
  }

  @Override
  public String toString() {
    return "Factor " + factor;
  }
}
