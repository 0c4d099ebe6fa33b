package io.github.posteriorj.tensor;

import ai.djl.engine.EngineException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The memory that the gradient of a network takes, besides Java's own.
 *
 * @param bytes the need, in bytes
 * @param job what needs it, such as "sampling this image", for messages
 * @param advice what a user can change, a sentence
 */
public record MemoryNeed(double bytes, String job, String advice) {

  private static final double GIBIBYTE = 1L << 30;

  /**
   * Runs a job that needs this much.
   *
   * @throws IllegalArgumentException if the computer has less, or runs out of memory on the way;
   *     the message says how much was needed and what to change
   */
  public <T> T guard(boolean onCpu, Supplier<T> run) {
    // Checked before: Linux grants memory that it does not have, and ends ImageJ when it is used.
    if (onCpu && bytes > physicalMemory()) {
      throw lack("this computer has %.1f GB".formatted(physicalMemory() / GIBIBYTE), null);
    }
    try {
      return run.get();
    } catch (OutOfMemoryError e) {
      throw lack("Java ran out of its own memory (see Edit > Options > Memory & Threads)", e);
    } catch (EngineException e) {
      if (isLackOfMemory(e)) {
        throw lack("there was not that much free", e);
      }
      throw e;
    }
  }

  private IllegalArgumentException lack(String found, Throwable cause) {
    return new IllegalArgumentException(
        "Not enough memory: %s needs about %.1f GB, but %s. %s"
            .formatted(job, bytes / GIBIBYTE, found, advice),
        cause);
  }

  private static double physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Double.POSITIVE_INFINITY;
  }

  private static boolean isLackOfMemory(EngineException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("out of memory") || message.contains("can't allocate memory");
  }
}
