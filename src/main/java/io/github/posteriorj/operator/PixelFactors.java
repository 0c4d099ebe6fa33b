package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;

/**
 * A factor for each pixel of images of one size, alike in all channels or of each its own.
 *
 * @param name what the factors are, such as "mask", for messages
 * @param width the images' columns
 * @param height the images' rows
 * @param values one a pixel, row after row, of one channel after another where they differ
 */
record PixelFactors(String name, int width, int height, float[] values) {

  /**
   * Multiplies images.
   *
   * @param x [N, C, H, W]
   * @return the product, of the shape of x; it lives in the scope of x
   * @throws IllegalArgumentException if the images have another size, or other channels
   */
  NDArray times(NDArray x) {
    ImageSize image = ImageSize.ofEach(x);
    requireSize(image);
    int own = values.length / (width * height);
    if (own != 1 && own != image.channels()) {
      throw new IllegalArgumentException(
          "The %s is for images of %d channels, not of %d.".formatted(name, own, image.channels()));
    }
    return x.mul(DeviceArrays.copyOf(x.getManager(), values, new Shape(1, own, height, width)));
  }

  /**
   * Checks the size of images.
   *
   * @throws IllegalArgumentException if it is another one
   */
  void requireSize(ImageSize image) {
    if (image.width() != width || image.height() != height) {
      throw new IllegalArgumentException(
          ("The %s has %d x %d pixels, but the image has %d x %d. Use a %s of the image's size.")
              .formatted(name, width, height, image.width(), image.height(), name));
    }
  }
}
