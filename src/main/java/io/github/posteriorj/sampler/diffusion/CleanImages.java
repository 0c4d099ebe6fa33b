package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.sampler.level.ScoredPrior;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import io.github.posteriorj.text.Labelled;
import java.util.function.UnaryOperator;

/** What a noisy image x_t is taken for when it is compared with the measurement. */
public enum CleanImages implements Labelled {

  /** The mean D(x_t, t) of all clean images that it may have come from. */
  DENOISER("denoiser") {
    @Override
    NDArray of(ScoredPrior prior, NDArray x, double level) {
      return prior.mean(x, level);
    }

    @Override
    ThroughImages gradient(
        ScoredPrior prior, UnaryOperator<NDArray> function, NDArray x, double level) {
      return prior.gradientThroughMean(function, x, level);
    }
  },

  /** The clean image f(x_t, t) that the probability flow takes it to. */
  CONSISTENCY_MODEL("consistency model") {
    @Override
    NDArray of(ScoredPrior prior, NDArray x, double level) {
      return prior.clean(x, level);
    }

    @Override
    ThroughImages gradient(
        ScoredPrior prior, UnaryOperator<NDArray> function, NDArray x, double level) {
      return prior.gradient(function, x, level);
    }
  };

  private final String label;

  CleanImages(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The clean images.
   *
   * @param x x_t, [N, C, H, W]
   * @param level t
   */
  abstract NDArray of(ScoredPrior prior, NDArray x, double level);

  /**
   * A function of the clean images, with its gradient with respect to x_t.
   *
   * @param function from [N, C, H, W] to [N]
   * @param x x_t, [N, C, H, W]; must not carry a gradient yet
   * @param level t
   */
  abstract ThroughImages gradient(
      ScoredPrior prior, UnaryOperator<NDArray> function, NDArray x, double level);
}
