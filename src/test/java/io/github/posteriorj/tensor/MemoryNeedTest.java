package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lack of memory is told with the need and a way out. */
class MemoryNeedTest {

  private static final MemoryNeed THREE_GIGABYTES =
      new MemoryNeed(3.0 * (1L << 30), "this job", "Do less.");

  /** A card that hides how much memory it has. */
  private static final DeviceMemory UNKNOWN =
      new DeviceMemory(Double.POSITIVE_INFINITY, 1, "there is less");

  private static void assertTellsNeedAndAdvice(String message) {
    assertTrue(message.contains("this job needs about 3.0 GB"), message);
    assertTrue(message.endsWith("Do less."), message);
  }

  @Test
  void aNeedAboveTheComputersMemoryIsRefusedBeforeTheJob() {
    MemoryNeed exabyte = new MemoryNeed(1e18, "this job", "Do less.");
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                exabyte.guard(
                    DeviceMemory.of(ComputeDevice.CPU),
                    () -> {
                      throw new AssertionError("The job was begun.");
                    }));
    assertTrue(refusal.getMessage().contains("this computer has"), refusal.getMessage());
  }

  @Test
  void aGraphicsCardHasMemoryOfItsOwn() {
    MemoryNeed exabyte = new MemoryNeed(1e18, "this job", "Do less.");
    assertEquals("done", exabyte.guard(UNKNOWN, () -> "done"));
    DeviceMemory card = new DeviceMemory(2.0 * (1L << 30), 0.8, "GPU 0 has 2.0 GB free");
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> THREE_GIGABYTES.guard(card, () -> "done"));
    assertTrue(refusal.getMessage().contains("GPU 0 has 2.0 GB free"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[enforce fail at alloc_cpu.cpp:118] DefaultCPUAllocator: can't allocate memory",
        "CUDA out of memory. Tried to allocate 20.00 MiB",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes."
      })
  void pyTorchsLackOfMemoryIsTranslated(String problem) {
    IllegalArgumentException lack =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                THREE_GIGABYTES.guard(
                    UNKNOWN,
                    () -> {
                      throw new EngineException(problem);
                    }));
    assertTellsNeedAndAdvice(lack.getMessage());
  }

  @Test
  void javasLackOfMemoryIsTranslated() {
    IllegalArgumentException lack =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                THREE_GIGABYTES.guard(
                    UNKNOWN,
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }));
    assertTellsNeedAndAdvice(lack.getMessage());
  }

  @Test
  void otherErrorsPass() {
    EngineException other = new EngineException("expected scalar type Float");
    assertSame(
        other,
        assertThrows(
            EngineException.class,
            () ->
                THREE_GIGABYTES.guard(
                    UNKNOWN,
                    () -> {
                      throw other;
                    })));
  }
}
