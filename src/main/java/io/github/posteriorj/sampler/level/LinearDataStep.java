package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.CosineDiagonalisation;
import io.github.posteriorj.operator.Diagonalisation;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.sampler.ChainNoise;

/**
 * The data step of an affine operator A x + b and Gaussian noise of the precision W: x is normal
 * with the precision H = A^T W A + I / rho^2, drawn by solving H x = A^T (W (y - b) + W^(1/2) e) +
 * u / rho^2 + e' / rho with white e, e'.
 *
 * <p>Other noise counts as Gaussian of the precision that its Fisher information at A(u) tells.
 *
 * <p>Source of the perturbed right-hand side: Papandreou and Yuille, "Gaussian sampling by local
 * perturbations", NIPS 2010.
 *
 * @param operator x to A x + b
 * @param linear A
 * @param likelihood the noise
 * @param measured y
 * @param diagonalisation coordinates in which A^T W A is diagonal, or nearly so
 * @param waves cosine waves, for the posterior's coordinates
 * @param window the image on the prior's canvas
 */
record LinearDataStep(
    ForwardOperator operator,
    LinearOperator linear,
    Likelihood likelihood,
    ImageLikelihood measured,
    Diagonalisation diagonalisation,
    CosineDiagonalisation waves,
    Window window)
    implements DataStep {

  /**
   * The step for a problem.
   *
   * @param linear the operator's linear part
   * @param scope the run's
   */
  static LinearDataStep of(LevelProblem problem, LinearOperator linear, NDManager scope) {
    return new LinearDataStep(
        problem.operator(),
        linear,
        problem.likelihood(),
        ImageLikelihood.of(problem, scope),
        linear.diagonalisation(scope, problem.image()),
        CosineDiagonalisation.measured(linear, scope, problem.image()),
        problem.window());
  }

  @Override
  public NDArray draw(NDArray u, double level, ChainNoise noise) {
    NDManager scope = u.getManager();
    NDArray predicted = operator.apply(window.cut(u));
    NDArray weights = information(predicted);
    NDArray fromData =
        fromData(u, weights)
            .add(noise.draw(scope, predicted.getShape().slice(1)).mul(weights.sqrt()));
    NDArray fromPrior =
        fromPrior(u, level).add(noise.draw(scope, window.canvas()).mul((float) (1 / level)));
    return solved(weights, fromData, fromPrior, level);
  }

  @Override
  public NDArray proximal(NDArray u, double level) {
    NDArray weights = information(operator.apply(window.cut(u)));
    return solved(weights, fromData(u, weights), fromPrior(u, level), level);
  }

  /** W (y - b). */
  private NDArray fromData(NDArray u, NDArray weights) {
    return measured
        .measurement(u.getManager())
        .sub(operator.apply(window.cut(u.zerosLike())))
        .mul(weights);
  }

  private static NDArray fromPrior(NDArray u, double level) {
    return u.mul((float) (1 / (level * level)));
  }

  /** H^-1 (A^T d + p). */
  private NDArray solved(NDArray weights, NDArray fromData, NDArray fromPrior, double level) {
    NDArray right = window.embed(linear.adjoint(fromData)).add(fromPrior);
    float precision = (float) (1 / (level * level));
    Coordinates solver =
        Coordinates.nearImages(
            window, diagonalisation, diagonalisation.information(weights), level);
    return new ConjugateGradients(
            x ->
                window
                    .embed(linear.adjoint(linear.apply(window.cut(x)).mul(weights)))
                    .add(x.mul(precision)),
            solver::solved)
        .solve(right);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The share of the pixels that a mask shows counts twice: in what the mask leaves of a wave,
   * and in the mean of the weights, which are 0 where nothing was observed. So chains take longer
   * steps among what is hidden.
   */
  @Override
  public Coordinates coordinates(NDArray u, double level) {
    NDArray weights = information(operator.apply(window.cut(u)));
    return Coordinates.ofPosterior(window, waves, waves.information(weights), u, level);
  }

  @Override
  public double meanInformation() {
    try (NDManager passing = waves.power().getManager().newSubManager()) {
      NDArray weights = information(measured.measurement(passing));
      return waves.information(weights).mean().getFloat();
    }
  }

  @Override
  public double largestInformation() {
    try (NDManager passing = waves.power().getManager().newSubManager()) {
      NDArray weights = information(measured.measurement(passing));
      return diagonalisation.information(weights).max().getFloat();
    }
  }

  private NDArray information(NDArray predicted) {
    return likelihood.information(predicted).orElseThrow();
  }
}
