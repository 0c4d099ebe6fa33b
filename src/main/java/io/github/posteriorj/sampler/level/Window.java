package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ImageSize;

/**
 * The image in the middle of the canvas that a prior makes, E^T: canvas to image. Its adjoint E
 * puts zeros around.
 *
 * @param canvas [C, H', W']
 * @param image [C, H, W], not larger
 */
public record Window(Shape canvas, Shape image) {

  /** Cuts images out of canvases, [N, C, H', W']. */
  public NDArray cut(NDArray all) {
    return isWhole() ? all : all.get(index());
  }

  /** Puts zeros around images, [N, C, H, W]. */
  public NDArray embed(NDArray inside) {
    if (isWhole()) {
      return inside;
    }
    ImageSize all = ImageSize.of(canvas);
    ImageSize size = ImageSize.of(image);
    int right = all.width() - size.width() - left();
    int bottom = all.height() - size.height() - top();
    return inside.pad(new Shape(left(), right, top(), bottom), 0);
  }

  private boolean isWhole() {
    return canvas.equals(image);
  }

  private NDIndex index() {
    return new NDIndex()
        .addAllDim(2)
        .addSliceDim(top(), top() + ImageSize.of(image).height())
        .addSliceDim(left(), left() + ImageSize.of(image).width());
  }

  private int top() {
    return (ImageSize.of(canvas).height() - ImageSize.of(image).height()) / 2;
  }

  private int left() {
    return (ImageSize.of(canvas).width() - ImageSize.of(image).width()) / 2;
  }
}
