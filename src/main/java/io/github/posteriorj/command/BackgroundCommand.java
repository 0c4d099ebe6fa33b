package io.github.posteriorj.command;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.macro.Interpreter;
import io.github.posteriorj.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModuleItem;
import org.scijava.command.CommandService;
import org.scijava.command.DynamicCommand;
import org.scijava.log.LogService;
import org.scijava.module.MethodCallException;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

/**
 * A command that works in the background, shows its progress, can be cancelled at any moment, and
 * shows its results only when all of them are there.
 *
 * <p>It behaves alike from a dialog, a macro, with and without a window: bad input ends it with a
 * message ({@code IJ.error}, which also ends a running macro), a macro that leaves parameters out
 * gets their defaults and no dialog, ESC or the task's cancel button ends it within a second.
 *
 * <p>In dialogs, images come first, then the command's own parameters, then those it inherits, then
 * those with the attribute {@code group}.
 *
 * @param <R> what is computed in the background and shown afterwards
 */
public abstract class BackgroundCommand<R> extends DynamicCommand {

  /** The attribute of a parameter that names the group it stands in. */
  protected static final String GROUP = "group";

  private static final long POLL_MILLISECONDS = 50;

  @Parameter private CommandService commands;
  @Parameter private StatusService status;
  @Parameter private TaskService tasks;
  @Parameter private LogService log;

  /**
   * Computes the result; called on a thread of its own.
   *
   * @param progress hears how far it is, and ends it when the user cancels
   * @throws IllegalArgumentException or ArithmeticException with a message for the user
   * @throws IOException with a message for the user
   */
  protected abstract R compute(Progress progress) throws IOException;

  /**
   * Shows the result; called on the command's own thread, and only if nothing failed.
   *
   * @throws IOException with a message for the user
   */
  protected abstract void show(R result) throws IOException;

  /**
   * Called before the background work, on the command's own thread, to read what belongs to ImageJ.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  protected void prepare() {}

  /**
   * Called on the command's own thread after the user has cancelled, to show what is worth keeping;
   * the computation may still be in its last step.
   *
   * @throws IOException with a message for the user
   */
  protected void showPartial() throws IOException {}

  @Override
  public void initialize() throws MethodCallException {
    super.initialize();
    List<CommandModuleItem<?>> declared = new ArrayList<>();
    for (ModuleItem<?> item : commands.getCommand(getClass()).inputs()) {
      declared.add((CommandModuleItem<?>) item);
    }
    declared.sort(Comparator.comparingInt(this::rank));
    for (ModuleItem<?> item : declared) {
      ModuleItem<?> copy = getInfo().getInput(item.getName());
      getInfo().removeInput(copy);
      getInfo().addInput(copy);
    }
    String options = Macro.getOptions();
    if (options != null && !options.isBlank()) {
      for (ModuleItem<?> item : getInfo().inputs()) {
        resolveInput(item.getName());
      }
    }
  }

  @Override
  public void run() {
    String name = getInfo().getMenuPath().getLeaf().getName().replace("...", "");
    Task task = tasks.createTask(name);
    TaskProgress progress = new TaskProgress(task, status);
    try {
      checkChoices();
      prepare();
      try {
        show(computeInBackground(name, progress));
      } catch (CancellationException e) {
        status.showStatus(name + " was cancelled.");
        showPartial();
        endMacro();
      }
    } catch (IllegalArgumentException | ArithmeticException | IllegalStateException e) {
      fail(e.getMessage(), e);
    } catch (IOException e) {
      fail(FileMessage.of(e), e);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // Fiji would let a macro go on after an exception.
      log.error(e);
      fail(name + " stopped with an unexpected error. Please report it: " + e, e);
    } finally {
      progress.finish();
    }
  }

  /** Refuses texts that are no choice of their input: not every host of commands does. */
  private void checkChoices() {
    for (ModuleItem<?> item : getInfo().inputs()) {
      List<?> choices = item.getChoices();
      Object value = getInput(item.getName());
      if (choices != null && !choices.isEmpty() && !choices.contains(value)) {
        throw new IllegalArgumentException(
            "%s has no choice \"%s\". Its choices are: %s."
                .formatted(
                    item.getName(),
                    value,
                    choices.stream().map(String::valueOf).collect(Collectors.joining(", "))));
      }
    }
  }

  /**
   * The place of an input in dialogs. It takes the declared one: a dynamic copy has no attributes.
   */
  private int rank(CommandModuleItem<?> item) {
    if (item.getType() == ImagePlus.class) {
      return 0;
    }
    if (item.get(GROUP) != null) {
      return 3;
    }
    return item.getField().getDeclaringClass() == getClass() ? 1 : 2;
  }

  private R computeInBackground(String name, TaskProgress progress) throws IOException {
    FutureTask<R> work = new FutureTask<>(() -> compute(progress));
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    // DJL looks for PyTorch's libraries there; they lie beside this class.
    thread.setContextClassLoader(BackgroundCommand.class.getClassLoader());
    IJ.resetEscape();
    progress.start();
    thread.start();
    while (true) {
      try {
        return work.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (IJ.escapePressed()) {
          progress.cancel();
        }
        if (progress.isCancelled()) {
          // One pass through a large network may take longer than a user waits: it ends by itself.
          throw new CancellationException();
        }
      } catch (InterruptedException e) {
        progress.cancel();
        throw new CancellationException();
      } catch (ExecutionException e) {
        throw rethrown(e.getCause());
      }
    }
  }

  private static RuntimeException rethrown(Throwable cause) throws IOException {
    if (cause instanceof IOException failure) {
      throw failure;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }

  /**
   * Ends the running macro, if any. ImageJ waits two seconds for a macro to end, in vain while the
   * macro waits for this command: so another thread waits.
   */
  private static void endMacro() {
    Interpreter macro = Interpreter.getInstance();
    if (macro == null) {
      return;
    }
    Thread thread = new Thread(Interpreter::abort, "End of macro");
    thread.setDaemon(true);
    thread.start();
    while (!macro.done() && thread.isAlive()) {
      IJ.wait(1);
    }
  }

  private void fail(String message, Throwable cause) {
    log.debug(message, cause);
    if (Attempt.takes(message)) {
      return;
    }
    // ImageJ's dialogs do not break lines. In a macro this throws "Macro canceled", which ends the
    // macro and must pass.
    IJ.error("PosteriorJ", IJ.getInstance() == null ? message : inLines(message));
  }

  /** Breaks a message into lines of at most 80 characters, words kept whole. */
  static String inLines(String message) {
    return message.replaceAll("(.{1,80})( +|$)", "$1\n").strip();
  }
}
