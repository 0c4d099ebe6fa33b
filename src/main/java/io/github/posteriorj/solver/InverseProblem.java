package io.github.posteriorj.solver;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.UnsuitableProblemException;
import io.github.posteriorj.sampler.level.LevelProblem;
import io.github.posteriorj.sampler.level.NetworkPrior;

/**
 * What a {@link Solver} solves: which images x of the prior, seen through the operator A, explain
 * the measurement y? Their posterior is p(x given y) ∝ p(x) exp(-L_y(A(x))).
 *
 * @param model the network that makes the prior's images
 * @param generationSteps steps of the prior, K of {@link GenerativeModel#forImages}
 * @param operator A, from images in the model's range to the measurement's units
 * @param likelihood L, of the observed values of y
 * @param measurement y, finite values, in the order of the operator's output
 * @param image the size of x, [C, H, W]
 * @param seed the seed of all random draws
 */
public record InverseProblem(
    GenerativeModel model,
    int generationSteps,
    ForwardOperator operator,
    Likelihood likelihood,
    float[] measurement,
    Shape image,
    long seed) {

  /**
   * Its posterior in the noise space of a prior of its model.
   *
   * @throws IllegalArgumentException if the measurement has not the size of the operator's output
   */
  Posterior posterior(CroppedPrior prior) {
    return new Posterior(prior, operator, likelihood, measurement, model::newScope);
  }

  /** Whether its prior is known at all levels of the noise space. */
  boolean isKnownAtAllLevels() {
    return NetworkPrior.isKnownAtAllLevels(model, generationSteps);
  }

  /**
   * The same problem for chains at any level of the noise space.
   *
   * @throws UnsuitableProblemException if the prior is known at its highest level alone
   */
  LevelProblem atLevels() {
    return new LevelProblem(
        NetworkPrior.of(model, generationSteps, model.denoiser()),
        operator,
        likelihood,
        measurement,
        image);
  }

  /** The same problem, with a model that makes the same images in another way. */
  InverseProblem with(GenerativeModel other) {
    return new InverseProblem(
        other, generationSteps, operator, likelihood, measurement, image, seed);
  }
}
