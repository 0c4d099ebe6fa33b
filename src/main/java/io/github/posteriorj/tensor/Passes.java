package io.github.posteriorj.tensor;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One pass through a network at a time, in the whole Java virtual machine.
 *
 * <p>PyTorch collects one gradient at a time. And PyTorch must not be inside a pass when the
 * virtual machine ends, or the process dies of a segmentation fault: the end waits for the pass
 * that is running, and lets no other one begin.
 */
final class Passes {

  private static final ReentrantLock LOCK = new ReentrantLock();

  static {
    // Never unlocked: daemon threads wait here while the virtual machine ends.
    Runtime.getRuntime().addShutdownHook(new Thread(LOCK::lock, "Last pass"));
  }

  private Passes() {}

  /** Runs a pass when no other thread runs one. */
  static <T> T alone(Supplier<T> pass) {
    LOCK.lock();
    try {
      return pass.get();
    } finally {
      LOCK.unlock();
    }
  }
}
