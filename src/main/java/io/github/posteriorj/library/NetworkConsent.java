package io.github.posteriorj.library;

import java.io.IOException;
import java.nio.file.Path;

/** Decides whether a network may run: a TorchScript file is a program. */
@FunctionalInterface
public interface NetworkConsent {

  /** Lets every network run: for networks whose origin the caller answers for. */
  NetworkConsent GIVEN = (network, source) -> {};

  /**
   * Returns if a network may run.
   *
   * @param network its file
   * @param source where it comes from, for people: the file itself, or what is being imported
   * @throws IllegalArgumentException if it may not; the message says what to do
   * @throws IOException if it cannot be found out
   */
  void ask(NetworkFile network, Path source) throws IOException;
}
