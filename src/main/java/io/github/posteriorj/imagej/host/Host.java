package io.github.posteriorj.imagej.host;

import io.github.posteriorj.imagej.input.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.object.ObjectService;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.plugin.SciJavaPlugin;
import org.scijava.prefs.PrefService;
import org.scijava.service.Service;
import org.scijava.task.TaskService;
import org.scijava.thread.ThreadService;

/**
 * Runs SciJava commands in plain ImageJ the way Fiji runs them.
 *
 * <p>The steps and their order are Fiji's: default values, the command's initializer, the
 * remembered values, a dialog for what is still open, the command, the macro recorder. Unlike
 * there, a command runs in the thread that called it.
 */
final class Host {

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
          CommandService.class);

  private static Host instance;

  private final Context context;
  private final StatusBridge status;

  private Host() {
    context = withOwnClassLoader(() -> new Context(SERVICES));
    status = new StatusBridge(context.service(EventService.class));
  }

  /** Returns the one host of this ImageJ, which starts SciJava when it is first asked for. */
  static synchronized Host instance() {
    if (instance == null) {
      instance = new Host();
    }
    return instance;
  }

  /** Returns the commands that SciJava finds. */
  List<CommandInfo> commands() {
    return withOwnClassLoader(() -> context.service(CommandService.class).getCommands());
  }

  /**
   * Runs a command and returns when it has finished. What it refuses or fails at is shown to the
   * user.
   *
   * @param className the class of the command
   */
  void run(String className) {
    withOwnClassLoader(
        () -> {
          runHere(className);
          return null;
        });
  }

  /** Ends SciJava's threads; the next call of {@link #instance} starts it anew. */
  static synchronized void dispose() {
    if (instance != null) {
      instance.context.dispose();
      instance = null;
    }
  }

  /** Returns a command that is ready to be run once, or null when there is no such class. */
  Module create(String className) {
    CommandInfo command = context.service(CommandService.class).getCommand(className);
    return command == null ? null : context.service(ModuleService.class).createModule(command);
  }

  private void runHere(String className) {
    Module module = create(className);
    if (module == null) {
      Failure.show(
          String.format(
              "The command %s can't be started. Its jar file is missing from ImageJ's plugins and"
                  + " jars folders, or is of another version: install PosteriorJ again.",
              className));
      return;
    }
    try {
      runner(module).run();
    } catch (OutOfMemoryError e) {
      throw e; // ImageJ explains it, and how to get more.
    } catch (RuntimeException | Error e) {
      Failure.show(Failure.describe(module.getInfo().getTitle(), e));
    } finally {
      status.finish();
    }
    if (module instanceof Cancelable cancelable && cancelable.isCanceled()) {
      String reason = cancelable.getCancelReason();
      if (reason != null && !reason.isBlank()) {
        Failure.show(reason);
      }
    }
  }

  private ModuleRunner runner(Module module) {
    List<PreprocessorPlugin> before =
        inOrder(
            PreprocessorPlugin.class,
            new Step<>(DialogPreprocessor.PRIORITY, new DialogPreprocessor()));
    List<PostprocessorPlugin> after =
        inOrder(
            PostprocessorPlugin.class,
            new Step<>(RecorderPostprocessor.PRIORITY, new RecorderPostprocessor()));
    return new ModuleRunner(context, module, before, after);
  }

  /** Returns the host's own step together with SciJava's, those of high priority first. */
  private <P extends SciJavaPlugin> List<P> inOrder(Class<P> type, Step<? extends P> own) {
    PluginService plugins = context.service(PluginService.class);
    List<Step<? extends P>> steps = new ArrayList<>(List.of(own));
    for (PluginInfo<P> info : plugins.getPluginsOfType(type)) {
      P step = plugins.createInstance(info);
      if (step != null) {
        steps.add(new Step<>(info.getPriority(), step));
      }
    }
    steps.sort(Comparator.comparing(Step::priority, Comparator.reverseOrder()));
    return steps.stream().<P>map(Step::processor).toList();
  }

  /** Something that happens before or after a command, and its place in the order. */
  private record Step<P>(double priority, P processor) {}

  /**
   * SciJava looks for commands where the thread's class loader looks, which in ImageJ need not be
   * the one that knows the plugins folder.
   */
  private static <T> T withOwnClassLoader(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Host.class.getClassLoader());
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
