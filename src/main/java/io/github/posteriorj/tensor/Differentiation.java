package io.github.posteriorj.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.function.UnaryOperator;

/** Derivatives of tensor functions by reverse-mode automatic differentiation. */
public final class Differentiation {

  private Differentiation() {}

  /** A function's value at a point, and its gradient there; both live in the point's scope. */
  public record ValueAndGradient(NDArray value, NDArray gradient) {}

  /**
   * Evaluates a function and its gradient at once.
   *
   * <p>The values of a batch are summed before differentiation; where each value depends on its own
   * row of the input alone, the gradient's rows are the gradients of the rows.
   *
   * <p>PyTorch takes one gradient at a time: another thread's waits until this one is done.
   *
   * @param function differentiable, from [N, ...] to [N]
   * @param point [N, ...]; must not carry a gradient yet
   * @return value [N] and gradient, of the shape of the point
   */
  public static ValueAndGradient valueAndGradient(UnaryOperator<NDArray> function, NDArray point) {
    return Passes.alone(() -> pass(function, point));
  }

  /**
   * The product of a function's transposed Jacobian J = df/dx with a tensor, J^T g.
   *
   * @param function f, differentiable
   * @param point x
   * @param g of the shape of f(x)
   * @return J^T g, of the shape of x; it lives in the scope of x
   */
  public static NDArray pullBack(UnaryOperator<NDArray> function, NDArray point, NDArray g) {
    // A gradient is added to the one that a tensor has already.
    NDArray fresh = point.stopGradient();
    return valueAndGradient(x -> DeviceArrays.sumOfEach(function.apply(x).mul(g)), fresh)
        .gradient();
  }

  private static ValueAndGradient pass(UnaryOperator<NDArray> function, NDArray point) {
    point.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray value = function.apply(point);
      collector.backward(value.sum());
      return new ValueAndGradient(value.stopGradient(), point.getGradient());
    }
  }
}
