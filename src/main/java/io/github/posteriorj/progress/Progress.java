package io.github.posteriorj.progress;

import java.util.Locale;

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

  /**
   * Called before work whose steps are not counted, or not yet.
   *
   * @param what is being done, or what the work will take, for people
   * @throws java.util.concurrent.CancellationException to end the work here
   */
  default void announced(String what) {}

  /**
   * What hears of one of several parts of the work, which take alike long.
   *
   * @param name what a part is called, such as "Plane"
   * @param index the part's number, from 0
   * @param count how many parts there are
   */
  default Progress part(String name, int index, int count) {
    Progress whole = this;
    String part = "%s %d of %d, ".formatted(name, index + 1, count);
    return new Progress() {
      @Override
      public void advanced(String stage, long done, long total) {
        whole.advanced(part + stage.toLowerCase(Locale.ROOT), index * total + done, count * total);
      }

      @Override
      public void announced(String what) {
        whole.announced(part + Character.toLowerCase(what.charAt(0)) + what.substring(1));
      }
    };
  }
}
