package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import java.util.ArrayList;
import java.util.List;
import org.scijava.thread.ThreadService;

/**
 * The active image, as whoever runs a command sees it.
 *
 * <p>Without windows ImageJ keeps an active image for each thread. In Fiji a command runs in
 * another thread than the macro that waits for it.
 */
public final class CurrentImage {

  private final ThreadService threads;

  /**
   * @param threads knows which thread waits for which
   */
  public CurrentImage(ThreadService threads) {
    this.threads = threads;
  }

  /** The image that is active for the caller, or null if none is open. */
  public ImagePlus get() {
    if (!callers().isEmpty()) {
      // What an earlier command has left behind in this thread.
      WindowManager.setTempCurrentImage(null);
      ImagePlus selected = Interpreter.getLastBatchModeImage();
      if (selected != null) {
        return selected;
      }
    }
    return WindowManager.getCurrentImage();
  }

  /** Makes the image that was shown last, without a window, the active one of the callers. */
  public void handOver() {
    ImagePlus shown = WindowManager.getTempCurrentImage();
    List<Thread> callers = callers();
    if (shown != null && !callers.isEmpty()) {
      callers.forEach(caller -> WindowManager.setTempCurrentImage(caller, shown));
      WindowManager.setTempCurrentImage(null);
    }
  }

  /** The threads that wait for this one; none if the command runs in its caller's thread. */
  private List<Thread> callers() {
    List<Thread> callers = new ArrayList<>();
    Thread caller = threads.getParent(Thread.currentThread());
    while (caller != null && !callers.contains(caller)) {
      callers.add(caller);
      caller = threads.getParent(caller);
    }
    return callers;
  }
}
