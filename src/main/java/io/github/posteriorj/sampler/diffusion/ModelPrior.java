package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.ConsistencyFunction;
import io.github.posteriorj.prior.Denoiser;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.sampler.UnsuitableProblemException;
import io.github.posteriorj.sampler.level.ScoredPrior;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The prior of a model, with those of its networks that a method needs. */
public final class ModelPrior implements ScoredPrior {

  private static final int FLOW_STEPS = 18;

  private final GenerativeModel model;
  private final Optional<ConsistencyFunction> consistency;
  private final Optional<Denoiser> denoiser;

  private ModelPrior(GenerativeModel model, Set<CleanImages> needs) {
    this.model = model;
    this.consistency = model.consistencyFunction();
    this.denoiser = needs.contains(CleanImages.DENOISER) ? model.denoiser() : Optional.empty();
  }

  /**
   * A model's prior.
   *
   * @param needs which of its networks are used; a denoiser that is not is not opened
   * @param method what needs them, for the message
   * @throws UnsuitableProblemException if the model lacks one; the message says which
   */
  public static ModelPrior of(GenerativeModel model, Set<CleanImages> needs, String method) {
    ModelPrior prior = new ModelPrior(model, needs);
    for (CleanImages need : needs) {
      boolean isThere =
          need == CleanImages.DENOISER ? prior.denoiser.isPresent() : prior.consistency.isPresent();
      if (!isThere) {
        throw new UnsuitableProblemException(
            "method=[%s] needs a %s, and the prior \"%s\" has none as it is opened here. Choose another prior, generator or method."
                .formatted(method, need.label(), model.name()));
      }
    }
    return prior;
  }

  @Override
  public NDArray clean(NDArray x, double level) {
    return consistency.orElseThrow().origin(x, level);
  }

  /** By the probability flow of the denoiser, where there is no consistency model. */
  @Override
  public NDArray drawn(NDArray z) {
    return consistency.isPresent()
        ? ScoredPrior.super.drawn(z)
        : model.forImages(FLOW_STEPS, z.getShape().slice(1), 0).generate(z);
  }

  @Override
  public ThroughImages gradient(UnaryOperator<NDArray> function, NDArray x, double level) {
    return consistency.orElseThrow().gradient(function, x, level);
  }

  @Override
  public NDArray mean(NDArray x, double level) {
    return denoiser.orElseThrow().denoise(x, level);
  }

  @Override
  public ThroughImages gradientThroughMean(
      UnaryOperator<NDArray> function, NDArray x, double level) {
    return denoiser.orElseThrow().gradient(function, x, level);
  }

  @Override
  public double level(double share) {
    return model.constants().karrasLevel(share);
  }

  @Override
  public double highestLevel() {
    return model.constants().sigmaMax();
  }

  @Override
  public Shape canvas(Shape image) {
    return model.forImages(1, image, 0).latentShape();
  }

  @Override
  public NDManager newScope() {
    return model.newScope();
  }
}
