package io.github.posteriorj.imagej;

import ij.IJ;
import io.github.posteriorj.image.Planes;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/** Pixels of the project's test images. */
public final class TestImages {

  private TestImages() {}

  /** A test image, such as cells. */
  public static RandomAccessibleInterval<FloatType> open(String name) {
    return InputPlane.read(IJ.openImage("test-images/" + name + ".tif"));
  }

  /** Its pixels in a rectangle. */
  public static float[] part(
      RandomAccessibleInterval<FloatType> image, long left, long top, long width, long height) {
    Interval part = Intervals.createMinSize(left, top, width, height);
    return Planes.pixels(Views.interval(image, part));
  }

  /** The pixels of a square in its middle. */
  public static float[] middle(String name, int size) {
    RandomAccessibleInterval<FloatType> image = open(name);
    return part(
        image, (image.dimension(0) - size) / 2, (image.dimension(1) - size) / 2, size, size);
  }
}
