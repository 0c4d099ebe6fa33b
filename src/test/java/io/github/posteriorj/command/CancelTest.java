package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Prefs;
import ij.VirtualStack;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.RandomStream;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scijava.task.Task;

/** A command ends when the user says so, and takes its macro with it. */
@Timeout(120)
class CancelTest extends HeadlessTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int SIZE = 16;
  private static final int PLANES = 3;

  /** What a task says as it makes progress: the time that is left. */
  private static final String PROGRESS = " left";

  @TempDir private static Path prior;

  @BeforeAll
  static void writePrior() throws IOException {
    PriorFolders.write(prior, 8, "return torch.div(x, 160.0)");
  }

  /** PyTorch would crash if the JVM ended in the middle of a pass. */
  @AfterEach
  void awaitTheLastPass() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().matches("Posterior (Deblur|Denoise)")) {
        thread.join(SECOND / 1_000_000 * 60);
      }
    }
  }

  /** Runs a macro that would take hours; returns how long it took after it was told to end. */
  private static long nanosecondsUntilTheEnd(Consumer<Task> cancel) {
    CompletableFuture<Task> sampling = new CompletableFuture<>();
    // The user is another thread than the command's.
    CompletableFuture<Long> cancelled =
        sampling.thenApplyAsync(
            task -> {
              long now = System.nanoTime();
              cancel.accept(task);
              return now;
            });
    Prefs.set("posteriorj.test.after", false);
    try (StatusWatch watch = StatusWatch.on(context(), PROGRESS, sampling::complete)) {
      String error =
          errorOf(
              BadInput.CELLS
                  + "cells('cells', '32-bit', 48, 48);run('Posterior Deblur...', 'noise=5"
                  + " warm_start_steps=1000000 device=cpu prior=["
                  + Path.of("models/microscopy-64").toAbsolutePath()
                  + "]');"
                  + "call('ij.Prefs.set', 'posteriorj.test.after', 'true');"
                  + "newImage('after', '8-bit', 9, 9, 1);");
      long ended = System.nanoTime();
      assertTrue(sampling.isDone(), "It ended before: " + error);
      assertEquals("cells", WindowManager.getTempCurrentImage().getTitle());
      assertEquals("false", Prefs.get("posteriorj.test.after", "false"));
      return ended - cancelled.join();
    }
  }

  @Test
  void theTaskEndsTheCommandWithinASecondAndTheMacroWithIt() {
    long time = nanosecondsUntilTheEnd(task -> task.cancel("The user has had enough."));
    assertTrue(time < SECOND, time + " ns");
  }

  @Test
  void escapeEndsTheCommandWithinASecondAndTheMacroWithIt() {
    long time = nanosecondsUntilTheEnd(task -> IJ.setKeyDown(KeyEvent.VK_ESCAPE));
    IJ.resetEscape();
    IJ.setKeyUp(KeyEvent.VK_ESCAPE);
    assertTrue(time < SECOND, time + " ns");
  }

  /** A stack whose restoration the user ends as soon as its second plane is begun. */
  private static final class StackEndedInItsSecondPlane extends VirtualStack {

    private final Runnable end;
    private volatile boolean areAllRead;
    private volatile boolean isOver;

    StackEndedInItsSecondPlane(Runnable end) {
      super(SIZE, SIZE, PLANES);
      this.end = end;
    }

    /** All planes are read before the first is restored, and each again when it is begun. */
    @Override
    public ImageProcessor getProcessor(int plane) {
      areAllRead |= plane == PLANES;
      if (plane == 2 && areAllRead && !isOver) {
        isOver = true;
        end.run();
        awaitTheEnd();
      }
      return pixels(plane);
    }

    /** The command interrupts the thread that restores. */
    private static void awaitTheEnd() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public int getBitDepth() {
      return 32;
    }
  }

  private static ImageProcessor pixels(int plane) {
    return new FloatProcessor(SIZE, SIZE, RandomStream.of(5, plane).gaussian(SIZE * SIZE));
  }

  private static String restoring(String options) {
    return "run('Posterior Denoise...', 'image=cells noise=0.5 warm_start_steps=2 burn_in=1"
        + " samples=2 chains=1 device=cpu trust=true prior=[%s] %s');".formatted(prior, options);
  }

  private static void show(ImageStack planes) {
    Interpreter.batchMode = true;
    new ImagePlus("cells", planes).show();
  }

  /** Ends a run in its second plane, in one way or the other; returns what it logs. */
  private static String ended(Ending way, String options) {
    CompletableFuture<Task> task = new CompletableFuture<>();
    show(new StackEndedInItsSecondPlane(() -> way.end(task.join())));
    Prefs.set("posteriorj.test.after", false);
    String macro = restoring(options) + "call('ij.Prefs.set', 'posteriorj.test.after', 'true');";
    try (StatusWatch watch = StatusWatch.on(context(), PROGRESS, task::complete)) {
      return logOf(() -> errorOf(macro));
    } finally {
      IJ.resetEscape();
      IJ.setKeyUp(KeyEvent.VK_ESCAPE);
      assertEquals("false", Prefs.get("posteriorj.test.after", "false"));
    }
  }

  private enum Ending {
    ESCAPE {
      @Override
      void end(Task task) {
        IJ.setKeyDown(KeyEvent.VK_ESCAPE);
      }
    },
    CANCEL {
      @Override
      void end(Task task) {
        task.cancel("The user has had enough.");
      }
    };

    abstract void end(Task task);
  }

  private static float[] plane(ImagePlus image, int slice) {
    return (float[]) image.getStack().getPixels(slice);
  }

  private static ImagePlus restored() {
    ImageStack stack = new ImageStack(SIZE, SIZE);
    for (int plane = 1; plane <= PLANES; plane++) {
      stack.addSlice(pixels(plane));
    }
    ResultImages.find("cells").setTitle("old");
    show(stack);
    assertNull(errorOf(restoring("")));
    return ResultImages.find("cells-mean");
  }

  @ParameterizedTest
  @EnumSource
  void planesThatWereFinishedAreShown(Ending way) {
    String log = ended(way, "");
    String told = "cells: 1 of 3 planes restored; the others are NaN. With output=[a folder]";
    assertTrue(log.contains(told), log);
    for (String kind : List.of("samples", "mean", "variance")) {
      assertNull(ResultImages.find("cells-" + kind));
      ImagePlus left = ResultImages.find("cells-" + kind + "-unfinished");
      assertEquals(PLANES, left.getNSlices());
      assertTrue(Float.isNaN(plane(left, 2)[0]) && Float.isNaN(plane(left, PLANES)[0]), kind);
    }
    float[] mean = plane(ResultImages.find("cells-mean-unfinished"), 1);
    assertArrayEquals(plane(restored(), 1), mean);
  }

  @ParameterizedTest
  @EnumSource
  void planesThatWereFinishedAreInTheFolderAndTheOthersDoneTheNextTime(
      Ending way, @TempDir Path output) throws IOException {
    String option = "output=[" + output + "]";
    String log = ended(way, option);
    assertTrue(log.contains("it goes on with what is in " + output + "."), log);
    Path finished = output.resolve("planes/c1_z001_t001");
    FileTime written = Files.getLastModifiedTime(finished.resolve("samples.tif"));
    assertFalse(Files.exists(finished.resolveSibling("c1_z002_t001")));
    assertFalse(Files.exists(output.resolve("mean.tif")));

    String next = logOf(() -> assertNull(errorOf(restoring(option))));
    assertFalse(next.contains("planes restored"), next);
    assertEquals(written, Files.getLastModifiedTime(finished.resolve("samples.tif")));
    ImagePlus mean = ResultImages.find("cells-mean");
    mean.setTitle("resumed");
    ImagePlus undisturbed = restored();
    for (int plane = 1; plane <= PLANES; plane++) {
      assertArrayEquals(plane(undisturbed, plane), plane(mean, plane));
    }
  }
}
