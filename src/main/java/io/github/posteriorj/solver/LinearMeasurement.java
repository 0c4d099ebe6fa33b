package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.tensor.DeviceArrays;

/**
 * A measurement by an affine operator, on the device: A(x) = L x + b.
 *
 * @param problem the problem that it belongs to
 * @param linear L
 * @param scope where tensors live
 */
record LinearMeasurement(InverseProblem problem, LinearOperator linear, NDManager scope) {

  /** What is seen by less than this share of what is seen best is not seen. */
  private static final float UNSEEN = 1e-5f;

  /** y, [1, ...]. */
  NDArray values() {
    return DeviceArrays.copyOf(
        scope, problem.measurement(), new Shape(1).addAll(linear.outputShape(problem.image())));
  }

  /** An image of one value, [1, C, H, W]. */
  NDArray flat(double value) {
    return scope.full(new Shape(1).addAll(problem.image()), (float) value);
  }

  /** What an instrument would measure of an image. */
  NDArray predicted(NDArray image) {
    return problem.operator().apply(image);
  }

  /** The weights of the values, one over their noise's variance, 0 where none was observed. */
  NDArray weights() {
    NDArray y = values();
    return problem.likelihood().information(y).orElseGet(y::onesLike).broadcast(y.getShape());
  }

  /** 1 where a value was observed, 0 elsewhere. */
  NDArray mask() {
    return weights().gt(0).toType(DataType.FLOAT32, false);
  }

  /** L, with 0 in the place of what was not observed. */
  LinearOperator observed() {
    NDArray mask = mask();
    LinearOperator whole = linear;
    return new LinearOperator() {
      @Override
      public NDArray apply(NDArray x) {
        return whole.apply(x).mul(mask);
      }

      @Override
      public NDArray adjoint(NDArray y) {
        return whole.adjoint(y.mul(mask));
      }

      @Override
      public Shape outputShape(Shape x) {
        return whole.outputShape(x);
      }
    };
  }

  /** How many pixels of the image no value tells of. */
  long unseenPixels() {
    NDArray seen = linear.adjoint(mask()).abs();
    NDArray unseen = seen.lte(seen.max().mul(UNSEEN)).toType(DataType.FLOAT32, false);
    return (long) unseen.sum().getFloat();
  }

  /** How far an image's prediction is from the measurement; near 1 where noise explains it. */
  double misfit(NDArray image) {
    return problem.likelihood().misfit(predicted(image).toFloatArray(), problem.measurement());
  }

  /** -ln p(y given A(x)). */
  double negativeLog(NDArray image) {
    return problem.likelihood().negativeLog(predicted(image), values()).getFloat();
  }
}
