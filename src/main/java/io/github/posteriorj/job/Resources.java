package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import java.io.IOException;
import java.nio.file.Path;

/** What a job needs and does not hold: networks, and large planes of pixels. */
public interface Resources {

  /**
   * The folder of a prior.
   *
   * @param name its name, or a path
   * @throws IOException if there is none; the message lists those there are
   */
  Path prior(String name) throws IOException;

  /**
   * The file of an operator's network.
   *
   * @param name its name, or a path
   */
  Path network(String name);

  /**
   * Returns if a network may run: it is a program.
   *
   * @param network its file
   * @param sha256 the hash of that file
   * @throws IllegalArgumentException if it may not; the message says what to do
   * @throws IOException if that cannot be found out
   */
  void permit(Path network, String sha256) throws IOException;

  /**
   * A plane that a job names by its hash.
   *
   * @param title what it was called
   * @param sha256 the hash of its values
   * @throws IOException if it is not at hand; the message says what to do
   */
  NamedPlane plane(String title, String sha256) throws IOException;
}
