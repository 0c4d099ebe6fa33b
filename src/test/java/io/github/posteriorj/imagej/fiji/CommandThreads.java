package io.github.posteriorj.imagej.fiji;

import ij.Macro;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that SciJava runs commands in. As in Fiji, they see the options of the macro that has
 * asked for the command: ImageJ itself keeps those for the macro's own thread.
 */
final class CommandThreads extends ThreadPoolExecutor {

  CommandThreads() {
    super(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          // ImageJ tells options to threads of such names only.
          Thread thread = new Thread(task, "Run$_SciJava");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void execute(Runnable task) {
    String options = Macro.getOptions();
    super.execute(
        () -> {
          Macro.setOptions(options);
          try {
            task.run();
          } finally {
            Macro.setOptions(null);
          }
        });
  }
}
