package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A generative model: a deterministic, differentiable map Phi that turns a latent z, unit noise,
 * into an image.
 *
 * <p>If z ~ N(0, I) then x = Phi(z) is distributed as the images that the prior believes in. The
 * map must not clamp its output: a clamp has no gradient at saturated pixels.
 */
public interface Prior {

  /**
   * Turns noise into images.
   *
   * @param z [N, C, H, W] unit noise, of a size that {@link #latentShape} gives
   * @return Phi(z), [N, C, H, W], in the model's range of values; it lives in the scope of z
   */
  NDArray generate(NDArray z);

  /**
   * Pulls a gradient with respect to images back to noise, J^T g with J = dPhi/dz: one pass through
   * the map and one back.
   *
   * @param z [N, C, H, W] unit noise, the place where the derivative is taken
   * @param g a gradient for each image, of the shape of Phi(z)
   * @return J^T g, of the shape of z; it lives in the scope of z
   */
  default NDArray pullBack(NDArray z, NDArray g) {
    return Differentiation.pullBack(this::generate, z, g);
  }

  /**
   * A function of the images, with its gradient with respect to the noise that they are made of: in
   * one pass, unless images are made in tiles.
   *
   * @param function of images, differentiable, from [N, C, H, W] to [N]
   * @param z [N, C, H, W] unit noise; must not carry a gradient yet
   */
  default ThroughImages gradient(UnaryOperator<NDArray> function, NDArray z) {
    return Differentiation.inOnePass(this::generate, function, z);
  }

  /**
   * How far the map looks, if that has a limit: then it can be computed in windows. Noise of its
   * own between the steps has to be shifted with the windows.
   */
  default Optional<Locality> locality() {
    return Optional.empty();
  }

  /**
   * The smallest noise from which an image of a given size can be made.
   *
   * @param image [C, H, W]
   * @return [C, H', W'] with H' at least H and W' at least W
   * @throws IllegalArgumentException if the prior makes no such images, saying which it makes
   */
  Shape latentShape(Shape image);
}
