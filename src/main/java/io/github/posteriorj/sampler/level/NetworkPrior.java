package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.Denoiser;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.sampler.UnsuitableProblemException;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The prior of two networks: a consistency model f, and the denoiser D that it was tuned from.
 *
 * @param consistency f
 * @param denoiser D, of the same prior and on the same device
 */
public record NetworkPrior(ConsistencyModel consistency, Denoiser denoiser) implements ScoredPrior {

  /**
   * The prior of a run, where there is one at all levels.
   *
   * @param model what makes the run's images
   * @param steps its generation steps, K
   * @param denoiser D, if the prior has one
   * @throws UnsuitableProblemException if the model is no consistency model of one step, or there
   *     is no denoiser: such a prior is known at its highest noise level alone
   */
  public static NetworkPrior of(
      GenerativeModel model, int steps, Optional<? extends Denoiser> denoiser) {
    if (!(model instanceof ConsistencyModel consistency)) {
      throw atHighestLevelOnly(model, "its images are not made by a consistency model");
    }
    if (steps != 1) {
      throw atHighestLevelOnly(
          model, "its images are made in %d steps, not in one".formatted(steps));
    }
    return new NetworkPrior(
        consistency, denoiser.orElseThrow(() -> atHighestLevelOnly(model, "it has no denoiser")));
  }

  /** Whether there is such a prior of a model that makes images in so many steps. */
  public static boolean isKnownAtAllLevels(GenerativeModel model, int steps) {
    return model instanceof ConsistencyModel && steps == 1 && model.denoiser().isPresent();
  }

  private static UnsuitableProblemException atHighestLevelOnly(GenerativeModel model, String why) {
    return new UnsuitableProblemException(
        "The prior \"%s\" can be sampled at its highest noise level only, because %s. Sample it there: chain_level=sigma_max."
            .formatted(model.name(), why));
  }

  @Override
  public NDArray clean(NDArray x, double level) {
    return consistency.origin(x, level);
  }

  @Override
  public ThroughImages gradient(UnaryOperator<NDArray> function, NDArray x, double level) {
    return consistency.gradient(function, x, level);
  }

  @Override
  public NDArray mean(NDArray x, double level) {
    return denoiser.denoise(x, level);
  }

  @Override
  public ThroughImages gradientThroughMean(
      UnaryOperator<NDArray> function, NDArray x, double level) {
    return denoiser.gradient(function, x, level);
  }

  @Override
  public double level(double share) {
    return consistency.constants().karrasLevel(share);
  }

  @Override
  public double highestLevel() {
    return consistency.constants().sigmaMax();
  }

  @Override
  public Shape canvas(Shape image) {
    return consistency.oneStep().latentShape(image);
  }

  @Override
  public NDManager newScope() {
    return consistency.newScope();
  }
}
