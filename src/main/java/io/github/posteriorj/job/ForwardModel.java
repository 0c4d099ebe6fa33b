package io.github.posteriorj.job;

import java.io.IOException;

/**
 * What is known of an instrument before a measurement is seen: the parameters of its forward
 * operator. A record, whose components are written into jobs.
 */
public interface ForwardModel {

  /**
   * The instrument that made a measurement.
   *
   * @param scene the measurement, and what else there is to look at
   * @throws IllegalArgumentException if the parameters make no instrument, or it does not fit the
   *     measurement; the message says what to change
   * @throws IOException if a file that it needs cannot be read
   */
  Instrument instrument(Scene scene) throws IOException;

  /** Whether values of the measurement may be missing or not finite, because they are hidden. */
  default boolean takesGaps() {
    return false;
  }

  /** Whether the sharp image shows the field of view that the measurement shows. */
  default boolean keepsField() {
    return true;
  }

  /** Whether the measurement has the channels that the sharp image has. */
  default boolean keepsColours() {
    return true;
  }

  /**
   * How far light goes astray: pixels of the measurement around a part of it that tell of the part.
   *
   * @param plane the measurement
   */
  default int reach(MeasuredPlane plane) {
    return 0;
  }

  /** The same for a part of the measurement. */
  default ForwardModel within(Region part) {
    return this;
  }
}
