package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.function.UnaryOperator;

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

  /**
   * A function of the clean images, with its gradient with respect to the noisy ones: in one pass,
   * unless images are computed in tiles.
   *
   * @param function of clean images, differentiable, from [N, C, H, W] to [N]
   * @param x [N, C, H, W], images with noise of standard deviation sigma; must not carry a gradient
   *     yet
   * @param sigma the noise level
   */
  default ThroughImages gradient(UnaryOperator<NDArray> function, NDArray x, double sigma) {
    return Differentiation.inOnePass(noisy -> origin(noisy, sigma), function, x);
  }
}
