package io.github.posteriorj.job;

import java.util.Optional;

/**
 * A measurement that a job was run on, by what finds it again.
 *
 * @param title what it was called
 * @param sha256 the hash of its values, as {@link MeasuredPlane#sha256} gives it
 */
public record PlaneReference(String title, String sha256) {

  /** What finds a measurement again; empty if there is nothing measured. */
  static Optional<PlaneReference> to(MeasuredPlane plane) {
    return plane.measurement().values().length == 0
        ? Optional.empty()
        : Optional.of(new PlaneReference(plane.title(), plane.sha256()));
  }
}
