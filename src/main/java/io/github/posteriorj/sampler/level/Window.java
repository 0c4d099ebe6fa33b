package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * The image in the middle of the canvas that a prior makes, E^T: canvas to image. Its adjoint E
 * puts zeros around.
 *
 * @param canvas [C, H', W']
 * @param image [C, H, W], not larger
 */
record Window(Shape canvas, Shape image) {

  /** Cuts images out of canvases, [N, C, H', W']. */
  NDArray cut(NDArray all) {
    return isWhole() ? all : all.get(index());
  }

  /** Puts zeros around images, [N, C, H, W]. */
  NDArray embed(NDArray inside) {
    if (isWhole()) {
      return inside;
    }
    long left = left();
    long top = top();
    Shape border =
        new Shape(
            left, canvas.get(2) - image.get(2) - left, top, canvas.get(1) - image.get(1) - top);
    return inside.pad(border, 0);
  }

  private boolean isWhole() {
    return canvas.equals(image);
  }

  private NDIndex index() {
    return new NDIndex()
        .addAllDim(2)
        .addSliceDim(top(), top() + image.get(1))
        .addSliceDim(left(), left() + image.get(2));
  }

  private long top() {
    return (canvas.get(1) - image.get(1)) / 2;
  }

  private long left() {
    return (canvas.get(2) - image.get(2)) / 2;
  }
}
