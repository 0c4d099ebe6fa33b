package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.Prefs;
import ij.WindowManager;
import io.github.posteriorj.imagej.host.HeadlessTest;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/** A command ends when the user says so, and takes its macro with it. */
@Timeout(120)
class CancelTest extends HeadlessTest {

  private static final long SECOND = 1_000_000_000L;

  /** Waits for a task to make progress. */
  static final class Watch {

    private final CountDownLatch sampling = new CountDownLatch(1);
    private volatile Task task;

    @EventHandler
    void onEvent(TaskEvent event) {
      if (event.getTask().getProgressValue() > 0) {
        task = event.getTask();
        sampling.countDown();
      }
    }
  }

  /** PyTorch would crash if the JVM ended in the middle of a pass. */
  @AfterEach
  void awaitTheLastPass() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("Posterior Deblur")) {
        thread.join(SECOND / 1_000_000 * 60);
      }
    }
  }

  /** Runs a macro that would take hours; returns how long it took after it was told to end. */
  private static long nanosecondsUntilTheEnd(Consumer<Task> cancel) throws InterruptedException {
    Watch watch = new Watch();
    var subscribers = context().service(EventService.class).subscribe(watch);
    long[] cancelled = new long[1];
    Thread user =
        new Thread(
            () -> {
              try {
                if (watch.sampling.await(60, TimeUnit.SECONDS)) {
                  cancelled[0] = System.nanoTime();
                  cancel.accept(watch.task);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    user.start();
    Prefs.set("posteriorj.test.after", false);
    String error =
        errorOf(
            BadInput.CELLS
                + "cells('cells', '32-bit', 48, 48);"
                + "run('Posterior Deblur...', 'noise=5 warm_start_steps=1000000 device=cpu prior=["
                + Path.of("models/microscopy-64").toAbsolutePath()
                + "]');"
                + "call('ij.Prefs.set', 'posteriorj.test.after', 'true');"
                + "newImage('after', '8-bit', 9, 9, 1);");
    long ended = System.nanoTime();
    user.join();
    context().service(EventService.class).unsubscribe(subscribers);
    assertTrue(cancelled[0] > 0, "It ended before: " + error);
    assertEquals("cells", WindowManager.getTempCurrentImage().getTitle());
    assertEquals("false", Prefs.get("posteriorj.test.after", "false"));
    return ended - cancelled[0];
  }

  @Test
  void theTaskEndsTheCommandWithinASecondAndTheMacroWithIt() throws InterruptedException {
    long time = nanosecondsUntilTheEnd(task -> task.cancel("The user has had enough."));
    assertTrue(time < SECOND, time + " ns");
  }

  @Test
  void escapeEndsTheCommandWithinASecondAndTheMacroWithIt() throws InterruptedException {
    long time = nanosecondsUntilTheEnd(task -> IJ.setKeyDown(java.awt.event.KeyEvent.VK_ESCAPE));
    IJ.resetEscape();
    IJ.setKeyUp(java.awt.event.KeyEvent.VK_ESCAPE);
    assertTrue(time < SECOND, time + " ns");
  }
}
