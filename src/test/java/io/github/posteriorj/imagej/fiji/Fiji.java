package io.github.posteriorj.imagej.fiji;

import ij.Menus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.app.StatusService;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.convert.Converter;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.event.ModuleErroredEvent;
import org.scijava.module.process.ModulePreprocessor;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.object.ObjectService;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.plugin.SciJavaPlugin;
import org.scijava.prefs.PrefService;
import org.scijava.service.Service;
import org.scijava.task.TaskService;
import org.scijava.thread.ThreadService;
import org.scijava.widget.InputHarvester;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetService;

/**
 * What Fiji does with a SciJava command, from the menu or from a macro.
 *
 * <p>Fiji's user interface and its layer over ImageJ are not among the libraries that a build can
 * have. What they leave to SciJava is SciJava's own here: the steps before a command, the choice of
 * what a dialog asks for, the values that it begins with, the conversion of a macro's words. What
 * they add is imitated: images are offered by their titles, numbers are formatted, the only image
 * is the active one, a command of a macro runs in a thread of SciJava's that sees the macro's
 * options.
 */
public final class Fiji implements AutoCloseable {

  private static final List<Class<? extends Service>> SERVICES =
      List.of(
          EventService.class,
          PluginService.class,
          LogService.class,
          ThreadService.class,
          StatusService.class,
          TaskService.class,
          ObjectService.class,
          ConvertService.class,
          PrefService.class,
          ModuleService.class,
          CommandService.class,
          WidgetService.class);

  private static Fiji running;

  private final Context context = new Context(SERVICES);

  private final PluginService plugins = context.service(PluginService.class);

  private final List<Throwable> exceptions = new CopyOnWriteArrayList<>();

  /** What macros run by a label in plain ImageJ. */
  private final Map<String, String> plainImageJ = Map.copyOf(macroCommands());

  private Fiji() {
    add(MacroOptionsStep.class, PreprocessorPlugin.class, 2 * Priority.VERY_HIGH);
    add(ActiveImageStep.class, PreprocessorPlugin.class, Priority.VERY_HIGH + 1);
    add(TitledImage.FromTitle.class, Converter.class, Priority.HIGH);
    add(TitledImage.Unwrapped.class, Converter.class, Priority.HIGH);
    add(RecordingWidget.class, InputWidget.class, Priority.NORMAL);
    context.service(ThreadService.class).setExecutorService(new CommandThreads());
    context.service(EventService.class).subscribe(this);
  }

  /**
   * Starts a Fiji without a window, whose commands take the place of plain ImageJ's in macros until
   * it is closed.
   */
  public static Fiji start() {
    if (running != null) {
      throw new IllegalStateException("one Fiji runs already");
    }
    running = new Fiji();
    running.takeOverMacros();
    return running;
  }

  /** The Fiji that has been started and not been closed. */
  static Fiji running() {
    return running;
  }

  private void takeOverMacros() {
    for (CommandInfo command : context.service(CommandService.class).getCommands()) {
      if (command.getMenuPath().getLeaf() != null) {
        macroCommands()
            .put(
                command.getMenuPath().getLeaf().getName(),
                "%s(\"%s\")".formatted(FijiPlugIn.class.getName(), command.getClassName()));
      }
    }
  }

  /** What macros run by a label; ImageJ's table is from before Java had generics. */
  @SuppressWarnings("unchecked")
  private static Hashtable<String, String> macroCommands() {
    return Menus.getCommands();
  }

  /** PosteriorJ's commands, found as Fiji finds them. */
  public List<CommandInfo> commands() {
    return context.service(CommandService.class).getCommands().stream()
        .filter(command -> command.getClassName().startsWith("io.github.posteriorj.command."))
        .toList();
  }

  /** A command by its class. */
  public CommandInfo command(String className) {
    return context.service(CommandService.class).getCommand(className);
  }

  /** The dialog that is shown when a command is chosen from the menu. */
  public FijiDialog dialog(CommandInfo command) {
    Module module = context.service(ModuleService.class).createModule(command);
    List<PreprocessorPlugin> before =
        plugins.getPluginsOfType(PreprocessorPlugin.class).stream()
            .filter(step -> step.getPriority() > InputHarvester.PRIORITY)
            .map(plugins::createInstance)
            .toList();
    Optional<String> refusal = refusal(new ModuleRunner(context, module, before, null));
    if (refusal.isPresent()) {
      return new FijiDialog(List.of(), refusal.get());
    }
    DialogBuilder builder = new DialogBuilder();
    context.inject(builder);
    try {
      return builder.build(module);
    } catch (ModuleException e) {
      return new FijiDialog(List.of(), e.getMessage());
    }
  }

  /**
   * What a user is told when a step before a command cancels it: the reason that is given with it,
   * or what the command has said itself, on standard error where there is no window.
   */
  private static Optional<String> refusal(ModuleRunner runner) {
    PrintStream errors = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      return Optional.ofNullable(runner.preProcess())
          .map(ModulePreprocessor::getCancelReason)
          .map(reason -> reason.isEmpty() ? said.toString(StandardCharsets.UTF_8) : reason);
    } finally {
      System.setErr(errors);
    }
  }

  /**
   * Runs a command as from the menu, or for the macro whose thread this is; returns when it has
   * ended, however it came.
   */
  void run(String className) {
    try {
      context.service(ModuleService.class).run(command(className), true).get();
    } catch (ExecutionException e) {
      // SciJava has told of it before: see exceptions(). A macro goes on.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What commands have thrown since this was asked for last. A user sees each as a window with a
   * stack trace.
   */
  public List<Throwable> exceptions() {
    List<Throwable> thrown = List.copyOf(exceptions);
    exceptions.clear();
    return thrown;
  }

  @EventHandler
  private void moduleFailed(ModuleErroredEvent event) {
    exceptions.add(event.getException());
    event.consume(); // else it is logged, too
  }

  @Override
  public void close() {
    macroCommands().clear();
    macroCommands().putAll(plainImageJ);
    running = null;
    context.dispose();
  }

  private <P extends SciJavaPlugin> void add(
      Class<? extends P> plugin, Class<P> type, double priority) {
    PluginInfo<P> info = new PluginInfo<>(plugin, type);
    info.setPriority(priority);
    plugins.addPlugin(info);
  }
}
