package io.github.posteriorj.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Derivatives of tensor functions by reverse-mode automatic differentiation. */
public final class Differentiation {

  private Differentiation() {}

  /** A function's value at a point, and its gradient there; both live in the point's scope. */
  public record ValueAndGradient(NDArray value, NDArray gradient) {}

  /**
   * A function of images that are made of something else.
   *
   * @param image the images, [N, C, H, W]
   * @param value the function at the images, [N]
   * @param gradient its gradient with respect to what the images are made of
   */
  public record ThroughImages(NDArray image, NDArray value, NDArray gradient) {}

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

  /**
   * A function of images, with the gradient with respect to what they are made of, in one pass to
   * the function's value and back. Memory holds all that lies between for that long.
   *
   * @param images makes images, differentiable
   * @param function of the images, differentiable, from [N, C, H, W] to [N]
   * @param point what the images are made of; must not carry a gradient yet
   */
  public static ThroughImages inOnePass(
      UnaryOperator<NDArray> images, UnaryOperator<NDArray> function, NDArray point) {
    NDArray[] image = new NDArray[1];
    ValueAndGradient result =
        valueAndGradient(
            input -> {
              image[0] = images.apply(input);
              return function.apply(image[0]);
            },
            point);
    return new ThroughImages(image[0].stopGradient(), result.value(), result.gradient());
  }

  /**
   * The same in two passes: images without a gradient, the function's gradient at them, and that
   * one pulled back. It takes one pass more, and images and pull-back may be made piece by piece.
   *
   * @param images makes images
   * @param pullBack J^T g of that map J at a point, for a gradient g of the images' shape
   * @param function of the images, differentiable, from [N, C, H, W] to [N]
   * @param point what the images are made of
   */
  public static ThroughImages inTwoPasses(
      UnaryOperator<NDArray> images,
      BinaryOperator<NDArray> pullBack,
      UnaryOperator<NDArray> function,
      NDArray point) {
    NDArray image = images.apply(point);
    ValueAndGradient result = valueAndGradient(function, image.duplicate());
    return new ThroughImages(image, result.value(), pullBack.apply(point, result.gradient()));
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
