package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.function.UnaryOperator;

/**
 * A prior whose noisy images are known at every noise level t: their density p_t through its score,
 * grad ln p_t(x) = (D(x, t) - x) / t^2, and the clean images that they come from, f(x, t).
 *
 * <p>If x ~ p_t then f(x, t) is distributed as the images that the prior believes in, at every t.
 *
 * <p>Sources: Song et al., "Consistency Models", ICML 2023 (f); Karras et al., "Elucidating the
 * design space of diffusion-based generative models", NeurIPS 2022, equation 3 (the score by D).
 */
public interface ScoredPrior {

  /**
   * The consistency function f(x, t), differentiable with respect to x.
   *
   * @param x [N, C, H, W], of a size that {@link #canvas} gives
   * @param level t, above 0 and up to {@link #highestLevel}
   * @return clean images, of the shape of x; they live in the scope of x
   */
  NDArray clean(NDArray x, double level);

  /**
   * Images that the prior draws.
   *
   * @param z unit noise, [N, C, H, W], of a size that {@link #canvas} gives
   * @return of the shape of z; they live in the scope of z
   */
  default NDArray drawn(NDArray z) {
    return clean(z.mul((float) highestLevel()), highestLevel());
  }

  /**
   * A function of clean images f(x, t), with its gradient with respect to x.
   *
   * @param function of clean images, differentiable, from [N, C, H, W] to [N]
   * @param x [N, C, H, W], of a size that {@link #canvas} gives; must not carry a gradient yet
   * @param level t, above 0 and up to {@link #highestLevel}
   */
  default ThroughImages gradient(UnaryOperator<NDArray> function, NDArray x, double level) {
    return Differentiation.inOnePass(noisy -> clean(noisy, level), function, x);
  }

  /**
   * The denoiser D(x, t), the mean of all clean images that a noisy one may have come from.
   *
   * @param x [N, C, H, W], of a size that {@link #canvas} gives
   * @param level t, above 0 and up to {@link #highestLevel}
   * @return of the shape of x; it lives in the scope of x
   */
  NDArray mean(NDArray x, double level);

  /**
   * A function of the denoiser's means D(x, t), with its gradient with respect to x.
   *
   * @param function of clean images, differentiable, from [N, C, H, W] to [N]
   * @param x [N, C, H, W], of a size that {@link #canvas} gives; must not carry a gradient yet
   * @param level t, above 0 and up to {@link #highestLevel}
   */
  default ThroughImages gradientThroughMean(
      UnaryOperator<NDArray> function, NDArray x, double level) {
    return Differentiation.inOnePass(noisy -> mean(noisy, level), function, x);
  }

  /**
   * The noise level after a share of the way from the highest one (0) to that of clean images (1),
   * on the grid of Karras et al. 2022, equation 5.
   */
  double level(double share);

  /** The level at which noise alone is left: sigma_max. */
  double highestLevel();

  /**
   * The smallest images that the prior makes which hold an image of a given size in their middle.
   *
   * @param image [C, H, W]
   * @throws IllegalArgumentException if the prior makes no such images, saying which it makes
   */
  Shape canvas(Shape image);

  /** A fresh memory scope on the prior's device. */
  NDManager newScope();
}
