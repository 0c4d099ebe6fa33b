package io.github.posteriorj.tensor;

import ai.djl.engine.EngineException;
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
   * @param memory what there is
   * @throws IllegalArgumentException if there is less, or the memory runs out on the way; the
   *     message says how much was needed and what to change
   */
  public <T> T guard(DeviceMemory memory, Supplier<T> run) {
    // Checked before: Linux grants memory that it does not have, and ends ImageJ when it is used.
    if (bytes > memory.bytes()) {
      throw lack(memory.label(), null);
    }
    try {
      return run.get();
    } catch (OutOfMemoryError e) {
      throw lack("Java ran out of its own memory (see Edit > Options > Memory & Threads)", e);
    } catch (EngineException e) {
      if (isLack(e)) {
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

  /** Whether PyTorch failed because there was no more memory. */
  public static boolean isLack(EngineException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("out of memory")
        || message.contains("can't allocate memory")
        || message.contains("not enough memory");
  }
}
