package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.function.UnaryOperator;

/**
 * A measurement on the device, for as long as a run lasts: the likelihood -ln p(y given A(x)) of
 * images.
 */
final class ImageLikelihood {

  private final ForwardOperator operator;
  private final Likelihood likelihood;
  private final NDArray measurement;

  /**
   * A measurement.
   *
   * @param scope the run's
   * @param y as many values as the shape holds
   * @param shape of y, without the batch
   */
  ImageLikelihood(
      NDManager scope, ForwardOperator operator, Likelihood likelihood, float[] y, Shape shape) {
    this.operator = operator;
    this.likelihood = likelihood;
    this.measurement = DeviceArrays.copyOf(scope, y, new Shape(1).addAll(shape));
  }

  /**
   * The measurement of a problem.
   *
   * @param scope the run's
   */
  static ImageLikelihood of(LevelProblem problem, NDManager scope) {
    return new ImageLikelihood(
        scope,
        problem.operator(),
        problem.likelihood(),
        problem.measurement(),
        problem.measurementShape());
  }

  /** y, [1, ...], in a given scope. */
  NDArray measurement(NDManager scope) {
    NDArray copy = measurement.duplicate();
    copy.attach(scope);
    return copy;
  }

  /**
   * -ln p(y given A(x)) of images, from [N, C, H, W] to [N].
   *
   * @param scope where y lives
   */
  UnaryOperator<NDArray> negativeLog(NDManager scope) {
    NDArray y = measurement(scope);
    return image -> likelihood.negativeLog(operator.apply(image), y);
  }

  /**
   * The negative log-likelihood and its gradient, with the images it was taken at.
   *
   * @param generator makes images, [N, C, H, W], of what the gradient is taken by
   * @param x [N, ...], not changed
   */
  Target.Evaluation evaluate(UnaryOperator<NDArray> generator, NDArray x) {
    ThroughImages result =
        Differentiation.inOnePass(generator, negativeLog(x.getManager()), x.duplicate());
    return new Target.Evaluation(result.gradient(), result.value(), result.image());
  }
}
