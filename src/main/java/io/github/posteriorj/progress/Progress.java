package io.github.posteriorj.progress;

/**
 * Hears how far a long piece of work has come, and may end it.
 *
 * <pre>{@code
 * for (int i = 0; i < files.size(); i++) {
 *   read(files.get(i));
 *   progress.advanced("Reading", i + 1, files.size());
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Progress {

  /** Hears nothing, ends nothing. */
  Progress NONE = (stage, done, total) -> {};

  /**
   * Called after each step of the work.
   *
   * @param stage what is being done, for people
   * @param done steps done, at least 1
   * @param total steps that the work will take, as far as it is known
   * @throws java.util.concurrent.CancellationException to end the work here
   */
  void advanced(String stage, long done, long total);
}
