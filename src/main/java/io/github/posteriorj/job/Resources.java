package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import java.io.IOException;
import java.nio.file.Path;

/** What a job needs and does not hold: networks, and large planes of pixels. */
public interface Resources {

  /**
   * A prior.
   *
   * @param name its name, or a path
   * @throws IOException if there is none, or its card cannot be used; the message says why
   */
  InstalledPrior prior(String name) throws IOException;

  /**
   * The file of an operator's network.
   *
   * @param name its name, or a path
   */
  Path network(String name);

  /** Who is asked before a network runs. */
  NetworkConsent consent();

  /**
   * A plane that a job names by its hash.
   *
   * @param title what it was called
   * @param sha256 the hash of its values
   * @throws IOException if it is not at hand; the message says what to do
   */
  NamedPlane plane(String title, String sha256) throws IOException;
}
