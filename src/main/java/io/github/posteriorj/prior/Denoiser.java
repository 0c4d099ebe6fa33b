package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;

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
}
