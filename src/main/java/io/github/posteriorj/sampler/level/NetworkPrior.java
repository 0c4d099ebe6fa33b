package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.DiffusionModel;

/**
 * The prior of two networks: a consistency model f, and the denoiser D that it was tuned from.
 *
 * @param consistency f
 * @param denoiser D, of the same prior and on the same device
 */
public record NetworkPrior(ConsistencyModel consistency, DiffusionModel denoiser)
    implements ScoredPrior {

  @Override
  public NDArray clean(NDArray x, double level) {
    return consistency.denoise(x, level);
  }

  @Override
  public NDArray mean(NDArray x, double level) {
    return denoiser.denoise(x, level);
  }

  @Override
  public double highestLevel() {
    return consistency.constants().sigmaMax();
  }

  @Override
  public Shape canvas(Shape image) {
    return consistency.oneStep().noiseShape(image);
  }

  @Override
  public NDManager newScope() {
    return consistency.newScope();
  }
}
