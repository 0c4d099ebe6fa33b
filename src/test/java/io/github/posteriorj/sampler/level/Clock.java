package io.github.posteriorj.sampler.level;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a stretch of the calling thread took: processor seconds of the process, seconds, and the
 * share of its time that the thread was within PyTorch, by looks at its stack.
 */
final class Clock {

  private static final long BETWEEN_LOOKS_MS = 10;
  private static final String PYTORCH = "ai.djl.pytorch.jni.PyTorchLibrary";

  private final long processorStart = processorTime();
  private final long start = System.nanoTime();
  private final AtomicLong looks = new AtomicLong();
  private final AtomicLong within = new AtomicLong();
  private final Thread observed = Thread.currentThread();
  private final Thread observer = new Thread(this::look, "clock");

  private Clock() {
    observer.setDaemon(true);
    observer.start();
  }

  static Clock started() {
    return new Clock();
  }

  /** Processor seconds, seconds, and percent of them within PyTorch. */
  double[] stopped() {
    observer.interrupt();
    return new double[] {
      (processorTime() - processorStart) / 1e9,
      (System.nanoTime() - start) / 1e9,
      100.0 * within.get() / Math.max(1, looks.get())
    };
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(BETWEEN_LOOKS_MS);
        StackTraceElement[] stack = observed.getStackTrace();
        looks.incrementAndGet();
        if (stack.length > 0 && stack[0].getClassName().equals(PYTORCH)) {
          within.incrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
