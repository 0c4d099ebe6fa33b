package io.github.posteriorj.job;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
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

  /**
   * What finds an image again of which planes were restored: for one plane its hash, for several
   * the hash of theirs.
   *
   * @param hashes of the planes, in their order
   */
  static PlaneReference to(String title, List<String> hashes) {
    if (hashes.size() == 1) {
      return new PlaneReference(title, hashes.get(0));
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      hashes.forEach(hash -> digest.update(HexFormat.of().parseHex(hash)));
      return new PlaneReference(title, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
