package io.github.posteriorj.operator;

/** A round pattern of light: its intensity depends on the distance from its middle alone. */
public interface RadialProfile {

  /**
   * The intensity at a distance from the middle, 1 at its brightest.
   *
   * @param radius at least 0, in the profile's unit of length
   */
  double intensity(double radius);

  /** The distance from the middle at which hardly any light is left. */
  double reach();

  /** The shortest distance over which the intensity changes much. */
  double detail();
}
