package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.restoration.Measurement;
import java.util.OptionalDouble;

/**
 * A measurement with what is known of its pixels.
 *
 * @param title what people call it
 * @param measurement its values, as they are
 * @param pixelSize side of a pixel of the image in micrometres, if it is known and square
 */
public record MeasuredPlane(String title, Measurement measurement, OptionalDouble pixelSize) {

  /** A measurement of which nothing else is known. */
  public static MeasuredPlane of(String title, Measurement measurement) {
    return new MeasuredPlane(title, measurement, OptionalDouble.empty());
  }

  /** The hash of its values, as {@link NamedPlane#sha256()} gives it. */
  public String sha256() {
    return NamedPlane.sha256(measurement.width(), measurement.height(), measurement.values());
  }
}
