package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.sampler.ChainNoise;
import java.util.Optional;

/**
 * The step of split Gibbs sampling that knows the measurement and not the prior: draws x from the
 * density proportional to p(y given A(x)) exp(-|x - u|^2 / (2 rho^2)), or near it. {@link
 * CensoredDataStep} compares the measurement with clean images, and adds the noise to these.
 */
public interface DataStep {

  /**
   * Draws a noisy image for each chain.
   *
   * @param u the prior's clean images, [N, C, H', W']
   * @param level rho
   * @param noise the chains' random numbers
   * @return x, of the shape of u; it lives in the scope of u
   */
  NDArray draw(NDArray u, double level, ChainNoise noise);

  /**
   * The peak of that density, the proximal point of the measurement's negative log-likelihood:
   * argmin -ln p(y given A(x)) + |x - u|^2 / (2 rho^2), or near it.
   *
   * @param u clean images, [N, C, H', W']
   * @param level rho
   * @return of the shape of u; it lives in the scope of u
   */
  NDArray proximal(NDArray u, double level);

  /**
   * Coordinates for the posterior near some clean images.
   *
   * @param u [N, C, H', W']
   * @param level rho
   * @return coordinates that live as long as the scope of u
   */
  Coordinates coordinates(NDArray u, double level);

  /**
   * How much the measurement tells of a pixel on average, in units of one over its variance: the
   * mean of the diagonal of A^T W A, with the Fisher information W at the measurement; of its mean,
   * where values were not observed ({@link LinearDataStep#coordinates}).
   */
  double meanInformation();

  /** How much it tells of what it knows best: the largest eigenvalue of A^T W A, or nearly. */
  double largestInformation();

  /**
   * The step for a problem: where the noise has a variance, an exact one for an affine operator,
   * and one of exact draws of clean pixels for a camera that clips them; else one of Langevin
   * steps.
   *
   * @param scope the run's
   */
  static DataStep of(LevelProblem problem, NDManager scope) {
    ForwardOperator operator = problem.operator();
    Optional<LinearOperator> linear = operator.linearPart();
    if (linear.isPresent() && isInformed(problem, scope)) {
      return LinearDataStep.of(problem, linear.get(), scope);
    }
    LangevinDataStep steps = new LangevinDataStep(problem, scope);
    return operator.clipsPixels() && isInformed(problem, scope)
        ? CensoredDataStep.of(problem, steps, scope)
        : steps;
  }

  private static boolean isInformed(LevelProblem problem, NDManager scope) {
    try (NDManager passing = scope.newSubManager()) {
      NDArray prediction = passing.zeros(new Shape(1).addAll(problem.measurementShape()));
      return problem.likelihood().information(prediction).isPresent();
    }
  }
}
