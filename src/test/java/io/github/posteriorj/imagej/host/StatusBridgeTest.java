package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import java.awt.event.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

class StatusBridgeTest {

  private final Context context = new Context(EventService.class, TaskService.class);
  private final StatusBridge bridge = new StatusBridge(context.service(EventService.class));

  @AfterEach
  void end() {
    bridge.finish();
    IJ.resetEscape();
    context.dispose();
  }

  @Test
  void escapeCancelsARunningTask() {
    Task task = context.service(TaskService.class).createTask("long");
    task.start();
    task.setProgressMaximum(10);
    task.setProgressValue(1);
    assertFalse(task.isCanceled());
    IJ.setKeyDown(KeyEvent.VK_ESCAPE);
    task.setProgressValue(2);
    assertTrue(task.isCanceled());
  }
}
