package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.DeviceArrays;

/**
 * Orthonormal coordinates U of images in which the information of a measurement by a linear
 * operator A is diagonal, or nearly so: A^T diag(w) A = U diag(g(w)) U^T, with the weight w of each
 * measured value, one over its noise's variance.
 *
 * <p>Sampling and solving have a closed form in such coordinates. Where they are only near ones,
 * conjugate gradients and a chain's own steps make up for the rest.
 */
public interface Diagonalisation {

  /**
   * Coordinates of images.
   *
   * @param x [N, C, H, W]
   * @return U^T x, of the same shape; it lives in the scope of x
   */
  NDArray forward(NDArray x);

  /**
   * Images of coordinates.
   *
   * @param c [N, C, H, W]
   * @return U c, of the same shape; it lives in the scope of c
   */
  NDArray backward(NDArray c);

  /**
   * The diagonal of U^T A^T diag(w) A U.
   *
   * @param weights w, 0 or more, [N, ...], of the operator's output shape
   * @return g(w), which broadcasts to [N, C, H, W]; it lives in the scope of the weights
   */
  NDArray information(NDArray weights);

  /**
   * The same coordinates for the operator c A.
   *
   * @param factor c
   */
  default Diagonalisation scaled(double factor) {
    Diagonalisation unscaled = this;
    return new Diagonalisation() {
      @Override
      public NDArray forward(NDArray x) {
        return unscaled.forward(x);
      }

      @Override
      public NDArray backward(NDArray c) {
        return unscaled.backward(c);
      }

      @Override
      public NDArray information(NDArray weights) {
        return unscaled.information(
            weights.mul(DeviceArrays.constant(weights.getManager(), factor * factor)));
      }
    };
  }
}
