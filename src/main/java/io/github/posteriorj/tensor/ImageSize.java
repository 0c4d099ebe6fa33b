package io.github.posteriorj.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The size of an image, its axes by name.
 *
 * <p>As a tensor, an image of one plane is [C, H, W], one of several planes [C, D, H, W]; in a
 * batch of images, [N, C, H, W], their number comes first.
 *
 * @param channels number of channels
 * @param depth number of planes
 * @param height rows of a plane, in pixels
 * @param width columns of a plane, in pixels
 */
public record ImageSize(int channels, int depth, int height, int width) {

  private static final int AXES_OF_A_PLANE = 3;
  private static final int AXES_OF_A_VOLUME = 4;

  /** The size of an image of one plane. */
  public static ImageSize ofPlane(int channels, int height, int width) {
    return new ImageSize(channels, 1, height, width);
  }

  /**
   * The size of an image.
   *
   * @param image [C, H, W] or [C, D, H, W]
   * @throws IllegalArgumentException if it has fewer axes or more
   */
  public static ImageSize of(Shape image) {
    int axes = image.dimension();
    if (axes != AXES_OF_A_PLANE && axes != AXES_OF_A_VOLUME) {
      throw new IllegalArgumentException(
          "An image has the axes (channels, height, width), not the shape " + image + ".");
    }
    return new ImageSize(
        Math.toIntExact(image.get(0)),
        axes == AXES_OF_A_PLANE ? 1 : Math.toIntExact(image.get(1)),
        Math.toIntExact(image.get(axes - 2)),
        Math.toIntExact(image.get(axes - 1)));
  }

  /**
   * The size of each image of a batch.
   *
   * @param images [N, C, H, W] or [N, C, D, H, W]
   */
  public static ImageSize ofEach(NDArray images) {
    return of(images.getShape().slice(1));
  }

  /** [C, H, W], or [C, D, H, W] if there are several planes. */
  public Shape shape() {
    return depth == 1
        ? new Shape(channels, height, width)
        : new Shape(channels, depth, height, width);
  }

  /** The shape of a batch of such images. */
  public Shape batch(long images) {
    return new Shape(images).addAll(shape());
  }

  /** The same with another number of channels. */
  public ImageSize withChannels(int other) {
    return new ImageSize(other, depth, height, width);
  }

  /** The same with planes of another size. */
  public ImageSize withPlanes(int otherHeight, int otherWidth) {
    return new ImageSize(channels, depth, otherHeight, otherWidth);
  }

  /** Pixels of a plane. */
  public int pixelsOfAPlane() {
    return Math.multiplyExact(height, width);
  }
}
