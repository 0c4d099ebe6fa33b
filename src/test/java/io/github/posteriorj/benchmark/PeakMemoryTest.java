package io.github.posteriorj.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The peak of the memory is that of what was held since the count began. */
@EnabledOnOs(OS.LINUX)
class PeakMemoryTest {

  private static final int MEBIBYTES = 256;
  private static final int PAGE = 4096;

  /** What is held is seen; what is no longer held is not forgotten before the count begins anew. */
  @Test
  void whatIsHeldCounts() {
    PeakMemory before = PeakMemory.fromNow();
    double little = before.mebibytes().orElseThrow();
    hold();
    double much = before.mebibytes().orElseThrow();
    assertTrue(much - little > 0.9 * MEBIBYTES, little + " " + much);
    assertTrue(before.mebibytes().orElseThrow() >= much);
  }

  /** Outside of Java's heap, which may have the pages already. */
  private static void hold() {
    ByteBuffer held = ByteBuffer.allocateDirect(MEBIBYTES << 20);
    for (int i = 0; i < held.capacity(); i += PAGE) {
      held.put(i, (byte) 1);
    }
    Reference.reachabilityFence(held);
  }

  @Test
  void whereNothingIsCountedNothingIsTold() {
    assertTrue(new PeakMemory(false).mebibytes().equals(OptionalDouble.empty()));
  }
}
