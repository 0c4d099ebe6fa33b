package io.github.posteriorj.command;

import io.github.posteriorj.progress.Progress;
import java.util.concurrent.CancellationException;
import org.scijava.app.StatusService;
import org.scijava.task.Task;

/**
 * The progress of a background command, shown in the status bar and as a task with a cancel button,
 * with the time that is left.
 */
final class TaskProgress implements Progress {

  private static final long NANOSECONDS = 1_000_000_000L;

  /** The status bar is not redrawn more often than this. */
  private static final long SHOW_EVERY = NANOSECONDS / 10;

  private final Task task;
  private final StatusService status;
  private volatile boolean cancelled;
  private volatile boolean finished;
  private final Pace pace = new Pace();
  private long shown;

  TaskProgress(Task task, StatusService status) {
    this.task = task;
    this.status = status;
  }

  void start() {
    shown = System.nanoTime();
    pace.begin(shown);
    task.setCancelCallBack(this::cancel);
    task.start();
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled || task.isCanceled();
  }

  /** Ends the task and clears the progress bar, however the command ended. */
  void finish() {
    finished = true;
    task.finish();
    status.showProgress(1, 1);
  }

  @Override
  public void advanced(String stage, long done, long total) {
    checkNotCancelled();
    long now = System.nanoTime();
    double secondsLeft = pace.secondsLeft(done, total, now);
    if (now - shown < SHOW_EVERY && done < total) {
      return;
    }
    shown = now;
    String message = stage + ": " + done + " of " + total + ", " + timeLeft(secondsLeft) + " left";
    task.setProgressMaximum(total);
    task.setProgressValue(done);
    task.setStatusMessage(message);
    status.showStatus((int) done, (int) total, message);
  }

  @Override
  public void announced(String what) {
    checkNotCancelled();
    pace.begin(System.nanoTime());
    task.setStatusMessage(what);
    status.showStatus(what);
  }

  private void checkNotCancelled() {
    if (isCancelled() || finished) {
      throw new CancellationException();
    }
  }

  static String timeLeft(double seconds) {
    if (seconds < 90) {
      return Math.round(seconds) + " s";
    }
    return seconds < 5400 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
  }
}
