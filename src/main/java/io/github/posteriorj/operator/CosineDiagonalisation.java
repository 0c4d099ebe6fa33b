package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.SeparableTransform;

/**
 * Cosine waves as coordinates, for a convolution with a mirrored border: A^T A = U diag(|k|^2) U^T
 * with the power |k|^2 of the kernel's spectrum, where the kernel is symmetric along both axes.
 * Else, and where the weights are not equal, it holds nearly.
 *
 * @param cosines U^T
 * @param power |k|^2 at the waves, [1, 1, H, W]
 */
record CosineDiagonalisation(SeparableTransform cosines, NDArray power)
    implements Diagonalisation {

  @Override
  public NDArray forward(NDArray x) {
    return cosines.forward(x);
  }

  @Override
  public NDArray backward(NDArray c) {
    return cosines.backward(c);
  }

  /** Waves spread evenly over the image: each has the mean of the weights. */
  @Override
  public NDArray information(NDArray weights) {
    return weights.mean(new int[] {2}, true).mean(new int[] {3}, true).mul(power);
  }
}
