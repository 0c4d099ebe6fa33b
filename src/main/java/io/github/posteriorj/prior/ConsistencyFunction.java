package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;

/**
 * A consistency function f: it takes a noisy image straight to the origin of its trajectory, a
 * clean image.
 *
 * <p>Source: Song et al. 2023, section 3.
 */
@FunctionalInterface
public interface ConsistencyFunction {

  /**
   * f(x, sigma).
   *
   * @param x [N, C, H, W], images with noise of standard deviation sigma
   * @param sigma the noise level, in the model's range, from sigma_min to sigma_max
   * @return the clean images, of the shape of x; they live in its scope
   */
  NDArray origin(NDArray x, double sigma);
}
