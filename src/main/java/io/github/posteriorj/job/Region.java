package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.restoration.Measurement;
import java.util.List;

/**
 * A part of an image that is restored, and the pixels around it that tell of it: what a blur has
 * carried out of it, and what it has carried in.
 *
 * @param x the part's first column, from 0
 * @param y the part's first row, from 0
 * @param width the part's columns
 * @param height the part's rows
 * @param context how many more pixels on each side are looked at, where the image has them
 */
public record Region(int x, int y, int width, int height, int context) {

  /** The part with its context. */
  public Region window(int columns, int rows) {
    int left = Math.max(0, x - context);
    int top = Math.max(0, y - context);
    int right = Math.min(columns, x + width + context);
    int bottom = Math.min(rows, y + height + context);
    return new Region(left, top, right - left, bottom - top, 0);
  }

  /**
   * The window of a measurement.
   *
   * @throws IllegalArgumentException if the part is not inside the image
   */
  MeasuredPlane of(MeasuredPlane plane) {
    List<Measurement> parts =
        plane.measurement().channels().stream()
            .map(seen -> new NamedPlane(plane.title(), seen.width(), seen.height(), seen.values()))
            .map(channel -> Measurement.of(of(channel)))
            .toList();
    return new MeasuredPlane(plane.title(), Measurement.ofChannels(parts), plane.pixelSize());
  }

  /**
   * The window of a plane that belongs to a measurement, such as its illumination.
   *
   * @throws IllegalArgumentException if the part is not inside the image
   */
  public NamedPlane of(NamedPlane plane) {
    if (x < 0 || y < 0 || x + width > plane.width() || y + height > plane.height()) {
      throw new IllegalArgumentException(
          "The part of %d x %d pixels at (%d, %d) is not inside of \"%s\", which has %d x %d. Choose another part."
              .formatted(width, height, x, y, plane.title(), plane.width(), plane.height()));
    }
    Region window = window(plane.width(), plane.height());
    float[] values = new float[window.width * window.height];
    for (int row = 0; row < window.height; row++) {
      System.arraycopy(
          plane.values(),
          (window.y + row) * plane.width() + window.x,
          values,
          row * window.width,
          window.width);
    }
    return new NamedPlane(plane.title(), window.width, window.height, values);
  }
}
