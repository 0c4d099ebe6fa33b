package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * A network that blurs: of images it makes images of the same size, each pixel of which is nearly a
 * weighted sum of pixels around it.
 *
 * @param network the network
 */
public record NeuralBlur(ForwardOperator network) implements ForwardOperator {

  @Override
  public NDArray apply(NDArray x) {
    return network.apply(x);
  }

  @Override
  public Shape outputShape(Shape x) {
    return network.outputShape(x);
  }

  @Override
  public Shape inputShape(Shape measurement) {
    return network.inputShape(measurement);
  }

  @Override
  public boolean neverSaturates() {
    return true;
  }

  @Override
  public String toString() {
    return network.toString();
  }
}
