package io.github.posteriorj.command;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import io.github.posteriorj.imagej.CurrentImage;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.input.CommandDialog;
import io.github.posteriorj.imagej.input.Failure;
import io.github.posteriorj.imagej.input.InputText;
import io.github.posteriorj.imagej.input.MacroInputs;
import io.github.posteriorj.imagej.input.OpenImages;
import io.github.posteriorj.progress.Progress;
import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.scijava.ItemVisibility;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.command.DynamicCommand;
import org.scijava.module.MethodCallException;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.MutableModuleItem;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.scijava.thread.ThreadService;

/**
 * A command that works in the background, shows its progress, can be cancelled at any moment, and
 * shows its results only when all of them are there.
 *
 * <p>It behaves alike in Fiji and in plain ImageJ, from a dialog and a macro, with and without a
 * window: bad input ends it with a message ({@link Failure}), which also ends a running macro; a
 * macro that leaves parameters out gets their defaults and no dialog; ESC or the task's cancel
 * button ends it within a second.
 *
 * <p>In dialogs, inputs stand in the order of their {@linkplain Section sections}. Those with the
 * attribute {@link #GROUP} are asked for only where the user wants to see all settings, in a second
 * dialog. A text with the attribute {@link #IMAGE} names an open image. Where an input with the
 * attribute {@link #COUNTS_WITH} differs from its default and has no effect, the command says so
 * and does nothing. Macros are recorded with what differs from the defaults.
 *
 * @param <R> what is computed in the background and shown afterwards
 */
public abstract class BackgroundCommand<R> extends DynamicCommand {

  /** The attribute of an input that only those see who ask for all settings: its heading there. */
  protected static final String GROUP = InputText.GROUP;

  /** The attribute of a text that names an open image: one of the two below. */
  protected static final String IMAGE = InputText.IMAGE;

  /** The attribute of a text that is a number, or one for each channel. */
  protected static final String NUMBERS = InputText.NUMBERS;

  /** Without a name, the active image. */
  protected static final String ACTIVE = "active";

  /** Without a name, none. */
  protected static final String NONE = OpenImages.NONE;

  /** The attribute of a text that chooses of what is installed: of what. */
  protected static final String CHOICES = InstalledChoices.ATTRIBUTE;

  /** Priors; also one that is named by its path. */
  protected static final String PRIORS = InstalledChoices.PRIORS;

  /** Qualities. */
  protected static final String QUALITIES = InstalledChoices.QUALITIES;

  /** Cameras. */
  protected static final String CAMERAS = InstalledChoices.CAMERAS;

  /** The attribute of an input that has an effect with some values of others only: these. */
  protected static final String COUNTS_WITH = Condition.ATTRIBUTE;

  /** The style of a number that may have decimals: else Fiji would show a whole number. */
  protected static final String DECIMALS = "format:0.######";

  private static final String ALL_SETTINGS = "all_settings";

  private static final long POLL_MILLISECONDS = 50;

  private volatile TaskProgress running;

  @Parameter private CommandService commands;
  @Parameter private StatusService status;
  @Parameter private TaskService tasks;
  @Parameter private ThreadService threads;

  @Parameter(
      label = "All settings...",
      description = "Asks for all other settings in a second dialog.",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.ALL_SETTINGS))
  private boolean all_settings = false;

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
   * @throws IOException with a message for the user
   */
  protected void prepare() throws IOException {}

  /**
   * Called on the command's own thread after the user has cancelled, to show what is worth keeping;
   * the computation may still be in its last step.
   *
   * @throws IOException with a message for the user
   */
  protected void showPartial() throws IOException {}

  /**
   * Checks that a file or folder is given.
   *
   * @param key the input
   * @param what it is, for people
   * @throws IllegalArgumentException if its path is empty
   */
  protected static void checkIsGiven(File file, String key, String what) {
    if (file.getPath().isBlank()) {
      throw new IllegalArgumentException("Give %s in %s=[...].".formatted(what, key));
    }
  }

  /** Whether there has to be an image to work on. */
  protected boolean needsImage() {
    return true;
  }

  /**
   * What inputs stand for that are null, by their names: dialogs show it.
   *
   * @throws IOException with a message for the user
   */
  protected Map<String, Object> valuesOfUnset() throws IOException {
    return Map.of();
  }

  /**
   * The open image that an input names, or the active one where it names none and the input is of
   * that kind.
   *
   * @param key the input, a text with the attribute {@link #IMAGE}
   * @throws IllegalArgumentException if that image is not open; the message lists those that are
   */
  protected final Optional<ImagePlus> imageOf(String key) {
    String name = (String) getInput(key);
    String kind = InputText.attribute(getInfo().getInput(key), IMAGE).orElseThrow();
    return name == null && !kind.equals(NONE)
        ? Optional.ofNullable(new CurrentImage(threads).get())
        : OpenImages.find(key, name);
  }

  /**
   * Prepares the inputs for who gives them: reads a macro's options, or offers a person what there
   * is to choose of.
   */
  @Override
  public final void initialize() throws MethodCallException {
    super.initialize();
    arrange();
    String options = Macro.getOptions();
    try {
      if (MacroInputs.areOf(this, options)) {
        readOptions(options);
      } else {
        prepareDialog();
      }
    } catch (IllegalArgumentException e) {
      fail(e);
    }
  }

  /** Puts the inputs in the order of dialogs. */
  private void arrange() {
    List<ModuleItem<?>> declared = inputs();
    declared.stream()
        .sorted(Comparator.comparing(Section::rank))
        .forEach(
            item -> {
              getInfo().removeInput(item);
              getInfo().addInput(item);
            });
    if (declared.stream().noneMatch(BackgroundCommand::isAdvanced)) {
      removeQuestion();
    }
  }

  private void removeQuestion() {
    ModuleItem<?> question = getInfo().getInput(ALL_SETTINGS);
    if (question != null) {
      getInfo().removeInput(question);
    }
  }

  private void readOptions(String options) {
    // In a macro all settings can be given.
    removeQuestion();
    Map<String, Object> given;
    try {
      given = MacroInputs.read(this, options);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name() + ": " + e.getMessage(), e);
    }
    Module untouched = untouched();
    for (ModuleItem<?> item : inputs()) {
      String name = item.getName();
      // Whatever the host has made of the options.
      setInput(name, given.containsKey(name) ? given.get(name) : untouched.getInput(name));
      resolveInput(name);
    }
  }

  private void prepareDialog() {
    Module untouched = untouched();
    for (ModuleItem<?> item : inputs()) {
      String name = item.getName();
      if (isInputResolved(name)) {
        continue;
      }
      // Where there was none, the host has set the least that is allowed.
      setInput(name, untouched.getInput(name));
      InputText.attribute(item, IMAGE).ifPresent(kind -> presetImage(name, kind));
      choicesOf(item).ifPresent(choices -> offer(name, choices));
      if (isAdvanced(item)) {
        resolveInput(name);
      }
    }
  }

  private void presetImage(String name, String kind) {
    ImagePlus active = kind.equals(NONE) ? null : new CurrentImage(threads).get();
    if (active != null) {
      setInput(name, OpenImages.name(active));
    } else if (kind.equals(ACTIVE) && needsImage()) {
      throw new IllegalArgumentException(
          IJ.isMacro()
              ? InputPlane.missing(name)
              : "Open an image first: File > Open... " + name() + " works on an open image.");
    } else {
      setInput(name, OpenImages.NONE);
    }
  }

  private Optional<List<String>> choicesOf(ModuleItem<?> item) {
    return InputText.attribute(item, IMAGE)
        .map(this::images)
        .or(() -> InputText.attribute(item, CHOICES).map(InstalledChoices::of));
  }

  private List<String> images(String kind) {
    boolean isNeeded = kind.equals(ACTIVE) && needsImage();
    Stream<String> none = isNeeded ? Stream.empty() : Stream.of(OpenImages.NONE);
    return Stream.concat(none, OpenImages.names().stream()).toList();
  }

  /** What is set already is among the choices, such as a prior that is named by its path. */
  private void offer(String name, List<String> choices) {
    List<String> offered = new ArrayList<>(choices);
    String value = (String) getInput(name);
    if (!offered.contains(value)) {
      offered.add(value);
    }
    getInfo().getMutableInput(name, String.class).setChoices(offered);
  }

  /** Ends the computation as ESC does; from any thread. */
  protected final void endEarly() {
    TaskProgress progress = running;
    if (progress != null) {
      progress.cancel();
    }
  }

  @Override
  public final void run() {
    Task task = tasks.createTask(name());
    TaskProgress progress = new TaskProgress(task, status);
    running = progress;
    try {
      checkInputs();
      if (all_settings && !askForAllSettings()) {
        cancel("");
        return;
      }
      checkEffects();
      prepare();
      show(computeInBackground(progress));
      new CurrentImage(threads).handOver();
      hideDefaults();
    } catch (CancellationException e) {
      Failure.endMacro();
      status.showStatus(name() + " was cancelled.");
      cancel("");
      showWhatIsThere();
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    } finally {
      progress.finish();
    }
  }

  /** Judges what nobody has judged before, as where a script runs the command. */
  private void checkInputs() {
    for (ModuleItem<?> item : inputs()) {
      InputText.check(item, item.getName(), getInput(item.getName()));
    }
  }

  /** What has no effect is not passed over in silence. */
  private void checkEffects() throws IOException {
    Module untouched = untouched();
    for (ModuleItem<?> item : inputs()) {
      Object usual = untouched.getInput(item.getName());
      if (!Objects.equals(getInput(item.getName()), usual)) {
        for (Condition condition : Condition.of(item)) {
          checkEffect(item, usual, condition);
        }
      }
    }
  }

  private void checkEffect(ModuleItem<?> item, Object usual, Condition condition)
      throws IOException {
    String key = condition.key();
    ModuleItem<?> other = getInfo().getInput(key);
    if (other == null) {
      return;
    }
    Object given = getInput(key);
    Object value = given == null ? valuesOfUnset().get(key) : given;
    if (!condition.holds(value)) {
      throw new IllegalArgumentException(
          "%s (\"%s\") has no effect: it counts only with %s, and %s (\"%s\") is %s. %s"
              .formatted(
                  item.getName(),
                  item.getLabel(),
                  condition,
                  key,
                  other.getLabel(),
                  InputText.format(value),
                  usual == null
                      ? "Leave it out."
                      : "Leave it at %s.".formatted(InputText.format(usual))));
    }
  }

  /** Tells whether they were given. */
  private boolean askForAllSettings() throws IOException {
    List<ModuleItem<?>> advanced = inputs().stream().filter(BackgroundCommand::isAdvanced).toList();
    return GraphicsEnvironment.isHeadless() || CommandDialog.ask(this, advanced, valuesOfUnset());
  }

  private void showWhatIsThere() {
    try {
      showPartial();
      new CurrentImage(threads).handOver();
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /** What people should know of a failure. */
  protected final String describe(Throwable failure) {
    return failure instanceof IOException file
        ? FileMessage.of(file)
        : Failure.describe(name(), failure);
  }

  private void fail(Throwable failure) {
    String message = describe(failure);
    if (!Attempt.takes(message)) {
      Failure.show(message);
    }
    cancel("");
  }

  /** Recorders leave out what is invisible. */
  private void hideDefaults() {
    Module untouched = untouched();
    for (ModuleItem<?> item : inputs()) {
      String name = item.getName();
      if (name.equals(ALL_SETTINGS) || Objects.equals(getInput(name), untouched.getInput(name))) {
        ((MutableModuleItem<?>) item).setVisibility(ItemVisibility.INVISIBLE);
      }
    }
  }

  /** The command as it is before anything is set. */
  private Module untouched() {
    return moduleService.createModule(commands.getCommand(getClass()));
  }

  /** The inputs that people set. */
  private List<ModuleItem<?>> inputs() {
    return StreamSupport.stream(getInfo().inputs().spliterator(), false)
        .<ModuleItem<?>>map(item -> item)
        .filter(InputText::isSettable)
        .toList();
  }

  private static boolean isAdvanced(ModuleItem<?> item) {
    return InputText.attribute(item, GROUP).isPresent();
  }

  private String name() {
    return getInfo().getMenuPath().getLeaf().getName().replace("...", "");
  }

  private R computeInBackground(TaskProgress progress) throws IOException {
    FutureTask<R> work = new FutureTask<>(() -> compute(progress));
    Thread thread = new Thread(work, name());
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
          throw cancelled(work);
        }
      } catch (InterruptedException e) {
        progress.cancel();
        throw cancelled(work);
      } catch (ExecutionException e) {
        throw rethrown(e.getCause());
      }
    }
  }

  /** One window through a network may take longer than a user waits: it ends by itself. */
  private static CancellationException cancelled(FutureTask<?> work) {
    work.cancel(true);
    return new CancellationException();
  }

  private static RuntimeException rethrown(Throwable cause) throws IOException {
    if (cause instanceof IOException failure) {
      throw failure;
    }
    if (cause instanceof UncheckedIOException failure) {
      throw failure.getCause();
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
