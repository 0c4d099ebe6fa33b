package io.github.posteriorj.benchmark;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.Region;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;

/**
 * The middle of a sharp image, its darkest pixel at -1 and its brightest one at 1: noise and
 * operators mean the same in each image, and what the papers mean by them.
 *
 * @param plane the middle, a square
 */
record Truth(NamedPlane plane) {

  /** The intensities of every truth. */
  static final IntensityRange RANGE = new IntensityRange(-1, 1);

  /**
   * The middle of an image.
   *
   * @param side of the square, in pixels
   * @throws IllegalArgumentException if the image is smaller, or constant there
   */
  static Truth of(NamedPlane image, int side) {
    if (image.width() < side || image.height() < side) {
      throw new IllegalArgumentException(
          "%s is smaller than crop, %d x %d pixels. Give a smaller crop, or leave the image out."
              .formatted(image, side, side));
    }
    int left = (image.width() - side) / 2;
    int top = (image.height() - side) / 2;
    NamedPlane middle = new Region(left, top, side, side, 0).of(image);
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : middle.values()) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (!(least < greatest)) {
      throw new IllegalArgumentException(
          "The middle of \"%s\" is constant: there is nothing to restore. Leave it out."
              .formatted(image.title()));
    }
    float[] values =
        new IntensityScale(RANGE.black(), RANGE.white(), least, greatest)
            .toIntensity(middle.values());
    return new Truth(new NamedPlane(image.title(), side, side, values));
  }

  String name() {
    return plane.title();
  }

  float[] values() {
    return plane.values();
  }

  /** [1, H, W]. */
  Shape shape() {
    return new Shape(1, plane.height(), plane.width());
  }

  /** The truth as if an instrument without fault had measured it. */
  MeasuredPlane asMeasured() {
    return MeasuredPlane.of(name(), Measurement.of(plane));
  }
}
