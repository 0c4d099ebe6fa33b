package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.SeparableTransform;

/**
 * Cosine waves within each block of pixels as coordinates, for an operator that measures the
 * blocks' means: it knows of each block its constant wave, and nothing of the others.
 *
 * @param cosines U^T, block by block
 * @param pooling A
 * @param constants 1 at the blocks' constant waves, 0 elsewhere, [1, 1, H, W]
 */
record BlockDiagonalisation(SeparableTransform cosines, AveragePooling pooling, NDArray constants)
    implements Diagonalisation {

  @Override
  public NDArray forward(NDArray x) {
    return cosines.forward(x);
  }

  @Override
  public NDArray backward(NDArray c) {
    return cosines.backward(c);
  }

  @Override
  public NDArray information(NDArray weights) {
    return pooling.adjoint(weights).mul(constants);
  }
}
