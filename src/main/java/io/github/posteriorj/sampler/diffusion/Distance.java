package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.sampler.level.DataStep;
import io.github.posteriorj.sampler.level.LevelProblem;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Optional;

/**
 * How far images are from a measurement, in units of the prior's range: r(x) = W^(1/2) (A(x) - y) /
 * |W^(1/2) A|, with one over the noise's variance as the weight W of each value.
 *
 * <p>For white noise and an operator that keeps an image's mean, r is A(x) - y itself in the
 * prior's range, whatever the noise's level, the measurement's unit and the camera's gain: a step
 * size of guidance means the same everywhere.
 *
 * <p>A is relaxed ({@link ForwardOperator#relaxed}), so that what is predicted to be saturated, and
 * is not, is led too.
 *
 * <p>Where the noise has no variance, as labels have none, the distance is the negative
 * log-likelihood.
 */
public final class Distance {

  /** Keeps the root's derivative finite at a residual of nothing. */
  private static final double TINY = 1e-12;

  private final ForwardOperator operator;
  private final ForwardOperator relaxed;
  private final Likelihood likelihood;
  private final NDArray measurement;
  private final Optional<NDArray> scales;
  private final long values;
  private final double leastNoise;

  /**
   * The distance from a problem's measurement.
   *
   * @param data what the measurement tells
   * @param scope the run's
   */
  Distance(LevelProblem problem, DataStep data, NDManager scope) {
    this.operator = problem.operator();
    this.relaxed = operator.relaxed(problem.measurement());
    this.likelihood = problem.likelihood();
    this.measurement =
        DeviceArrays.copyOf(
            scope, problem.measurement(), new Shape(1).addAll(problem.measurementShape()));
    Optional<NDArray> weights = likelihood.information(measurement);
    this.leastNoise = 1 / Math.sqrt(data.largestInformation());
    this.scales = weights.map(known -> known.sqrt().mul(DeviceArrays.constant(scope, leastNoise)));
    this.values =
        weights
            .map(known -> observed(known.broadcast(measurement.getShape())))
            .orElse((long) problem.measurement().length);
  }

  /** How many values have a weight. */
  private static long observed(NDArray weights) {
    return (long) weights.gt(0).toType(DataType.FLOAT32, false).sum().getFloat();
  }

  /** One over |W^(1/2) A|: the noise, in the prior's range, of what is measured best. */
  double leastNoise() {
    return leastNoise;
  }

  /**
   * The norm of the residuals times the root of their number, sqrt(d) |r(x)|: its gradient at a
   * pixel does not depend on the image's size.
   *
   * @param x images, [N, C, H, W]
   * @return [N], differentiable
   */
  NDArray norm(NDArray x) {
    return scales
        .map(
            known ->
                squares(x, known)
                    .add(DeviceArrays.constant(x.getManager(), TINY))
                    .sqrt()
                    .mul(DeviceArrays.constant(x.getManager(), Math.sqrt(values))))
        .orElseGet(() -> negativeLog(x));
  }

  /**
   * Half the square of the residuals' norm, |r(x)|^2 / 2.
   *
   * @param x images, [N, C, H, W]
   * @return [N], differentiable
   */
  NDArray halfSquare(NDArray x) {
    return scales
        .map(known -> squares(x, known).mul(DeviceArrays.constant(x.getManager(), 0.5)))
        .orElseGet(() -> negativeLog(x));
  }

  /** -ln p(y given A(x)) of images, from [N, C, H, W] to [N]. */
  NDArray negativeLog(NDArray x) {
    return likelihood.negativeLog(operator.apply(x), in(x.getManager(), measurement));
  }

  /** A(x) - y, [N, ...], in the measurement's units. */
  NDArray residual(NDArray x) {
    return operator.apply(x).sub(in(x.getManager(), measurement));
  }

  /** A^+ r, [N, C, H, W], if it is known exactly and all values were observed. */
  Optional<NDArray> pseudoInverse(NDArray residual) {
    return values == measurement.size()
        ? operator.linearPart().flatMap(linear -> linear.exactPseudoInverse(residual))
        : Optional.empty();
  }

  private NDArray squares(NDArray x, NDArray known) {
    NDManager scope = x.getManager();
    NDArray residual = relaxed.apply(x).sub(in(scope, measurement));
    return DeviceArrays.sumOfEach(residual.mul(in(scope, known)).square());
  }

  private static NDArray in(NDManager scope, NDArray kept) {
    NDArray copy = kept.duplicate();
    copy.attach(scope);
    return copy;
  }
}
