package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Keeps what a long run has reached, so that it can go on from there after its program has ended,
 * in whatever way.
 *
 * <p>Failures to write or read are thrown as {@link UncheckedIOException}.
 */
public interface Checkpoints {

  /** Keeps nothing. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public boolean isDue() {
          return false;
        }

        @Override
        public void keep(String name, NDList arrays) {}

        @Override
        public Optional<NDList> kept(String name, NDManager scope) {
          return Optional.empty();
        }
      };

  /** Whether it is time to keep another state. */
  boolean isDue();

  /**
   * Keeps arrays, in the place of those that the name had before.
   *
   * @param arrays with names of their own
   */
  void keep(String name, NDList arrays);

  /**
   * What was kept under a name, if anything was.
   *
   * @param scope where the arrays live
   */
  Optional<NDList> kept(String name, NDManager scope);

  /**
   * What was kept under a name by a run whose state tells of it.
   *
   * @param scope where the arrays live
   * @throws UncheckedIOException if it is not there; the message says what to do
   */
  default NDList keptBefore(String name, NDManager scope) {
    return kept(name, scope)
        .orElseThrow(
            () ->
                new UncheckedIOException(
                    new IOException(
                        "The kept state of the run lacks its %s: delete it to begin anew."
                            .formatted(name))));
  }
}
