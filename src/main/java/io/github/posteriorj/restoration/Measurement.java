package io.github.posteriorj.restoration;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * A measurement y in its own units.
 *
 * @param values the last axis running fastest
 * @param shape its axes, [C, H, W] where it is an image
 */
public record Measurement(float[] values, Shape shape) {

  /**
   * Checks the number of values.
   *
   * @throws IllegalArgumentException if the shape holds another number of values
   */
  public Measurement {
    if (shape.size() != values.length) {
      throw new IllegalArgumentException(
          "A measurement of size "
              + shape
              + " has "
              + shape.size()
              + " values, not "
              + values.length
              + ".");
    }
  }

  /** The measurement that one gray plane is: X, Y, finite values. */
  public static Measurement of(RandomAccessibleInterval<? extends RealType<?>> plane) {
    return new Measurement(
        Planes.pixels(plane), new Shape(1, plane.dimension(1), plane.dimension(0)));
  }

  int height() {
    return Math.toIntExact(shape.get(shape.dimension() - 2));
  }

  int width() {
    return Math.toIntExact(shape.get(shape.dimension() - 1));
  }
}
