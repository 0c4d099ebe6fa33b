package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.function.UnaryOperator;

/**
 * The denoiser D of a prior: the mean of all clean images that a noisy one may have come from.
 *
 * <p>It tells the score of noisy images, grad ln p_sigma(x) = (D(x, sigma) - x) / sigma^2.
 *
 * <p>Source: Karras et al. 2022, equation 3.
 */
@FunctionalInterface
public interface Denoiser {

  /**
   * D(x, sigma).
   *
   * @param x [N, C, H, W], images with noise of standard deviation sigma
   * @param sigma the noise level, in the model's range
   * @return the means, of the shape of x; they live in its scope
   */
  NDArray denoise(NDArray x, double sigma);

  /**
   * A function of the means, with its gradient with respect to the noisy images: in one pass,
   * unless images are computed in tiles.
   *
   * @param function of clean images, differentiable, from [N, C, H, W] to [N]
   * @param x [N, C, H, W], images with noise of standard deviation sigma; must not carry a gradient
   *     yet
   * @param sigma the noise level
   */
  default ThroughImages gradient(UnaryOperator<NDArray> function, NDArray x, double sigma) {
    return Differentiation.inOnePass(noisy -> denoise(noisy, sigma), function, x);
  }
}
