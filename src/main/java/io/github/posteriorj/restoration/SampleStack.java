package io.github.posteriorj.restoration;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.tensor.ImageSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/** Keeps all images: the stack of samples. */
final class SampleStack implements ImageSink {

  private final List<float[]> images = new ArrayList<>();

  @Override
  public void add(RestoredImage image) {
    images.add(image.intensities());
  }

  /** The images, in the order in which they came; not copies. */
  List<float[]> images() {
    return images;
  }

  /**
   * The images as planes: one each, in colour one for each channel, the channels running fastest.
   */
  RandomAccessibleInterval<FloatType> planes(Shape shape) {
    return stack(images, shape);
  }

  /** Planes of images of the shape [C, H, W]: X, Y, or X, Y, plane if there are several. */
  static RandomAccessibleInterval<FloatType> stack(List<float[]> images, Shape shape) {
    ImageSize size = ImageSize.of(shape);
    int pixels = size.pixelsOfAPlane();
    List<float[]> planes = new ArrayList<>();
    for (float[] image : images) {
      for (int start = 0; start < image.length; start += pixels) {
        planes.add(
            image.length == pixels ? image : Arrays.copyOfRange(image, start, start + pixels));
      }
    }
    return planes.size() == 1
        ? Planes.of(planes.get(0), size.width(), size.height())
        : Planes.stack(planes, size.width(), size.height());
  }
}
