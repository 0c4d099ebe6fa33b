package io.github.posteriorj.imagej.host;

import ij.IJ;
import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.scijava.app.event.StatusEvent;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.module.event.ModuleErroredEvent;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/**
 * Shows the status and progress that SciJava announces in ImageJ's status bar, and cancels a
 * running task when Escape is pressed.
 */
final class StatusBridge {

  /** SciJava forgets subscribers that nobody else holds. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final List<EventSubscriber<?>> subscribers;

  StatusBridge(EventService events) {
    subscribers = events.subscribe(this);
  }

  @EventHandler
  void onEvent(StatusEvent event) {
    show(event.getStatusMessage(), event.getProgressValue(), event.getProgressMaximum());
  }

  @EventHandler
  void onEvent(TaskEvent event) {
    Task task = event.getTask();
    if (task.isDone()) {
      IJ.showProgress(1);
      return;
    }
    show(task.getStatusMessage(), task.getProgressValue(), task.getProgressMaximum());
    if (IJ.escapePressed() && !task.isCanceled()) {
      task.cancel("Escape was pressed.");
    }
  }

  /** The host tells the user itself; unclaimed errors would go to the console as stack traces. */
  @EventHandler
  void onEvent(ModuleErroredEvent event) {
    event.consume();
  }

  /** Empties the progress bar, after every event that is still on its way. */
  void finish() {
    if (!EventQueue.isDispatchThread()) {
      try {
        EventQueue.invokeAndWait(() -> {});
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (InvocationTargetException e) {
        throw new IllegalStateException(e);
      }
    }
    IJ.showProgress(1);
  }

  private static void show(String message, long value, long maximum) {
    if (message != null) {
      IJ.showStatus(message);
    }
    if (value >= 0 && maximum > 0) {
      IJ.showProgress((double) value / maximum);
    }
  }
}
