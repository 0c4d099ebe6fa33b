package io.github.posteriorj.image;

import java.util.List;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Between ImgLib2 images and rows of numbers: axes X, Y (and samples), the numbers in the order of
 * ImageJ's pixels, X running fastest.
 */
public final class Planes {

  private Planes() {}

  /** Wraps the pixels of one plane; changes of the one are seen in the other. */
  public static RandomAccessibleInterval<FloatType> of(float[] pixels, long width, long height) {
    return ArrayImgs.floats(pixels, width, height);
  }

  /** Wraps the pixels of one plane, or of several one after another as X, Y, plane. */
  public static RandomAccessibleInterval<FloatType> split(float[] pixels, long width, long height) {
    long planes = pixels.length / (width * height);
    return planes == 1
        ? of(pixels, width, height)
        : ArrayImgs.floats(pixels, width, height, planes);
  }

  /** Stacks planes along a third axis, as views of their pixels. */
  public static RandomAccessibleInterval<FloatType> stack(
      List<float[]> planes, long width, long height) {
    return Views.stack(planes.stream().map(plane -> of(plane, width, height)).toList());
  }

  /** Copies the values of an image. */
  public static float[] pixels(RandomAccessibleInterval<? extends RealType<?>> image) {
    float[] pixels = new float[Math.toIntExact(Views.iterable(image).size())];
    Cursor<? extends RealType<?>> cursor = Views.flatIterable(image).cursor();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = cursor.next().getRealFloat();
    }
    return pixels;
  }
}
