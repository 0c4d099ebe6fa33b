package io.github.posteriorj.plot;

import java.util.List;

/**
 * A line through some points.
 *
 * @param name what it is called in the legend
 * @param points in the order in which they are joined
 */
public record Line(String name, List<Point> points) {

  /**
   * One of the points.
   *
   * @param x where it lies on the axis to the right
   * @param y where it lies on the axis upwards
   */
  public record Point(double x, double y) {}
}
