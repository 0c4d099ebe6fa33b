package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class IdleThreadsTest {

  private static String inLibrary(String name) {
    return Function.getFunction("c", "getenv").invokeString(new Object[] {name}, false);
  }

  @Test
  void threadsSleepUnlessTheUserSaysOtherwise() {
    ComputeDevice.CPU.label();
    String given = System.getenv("OMP_WAIT_POLICY");
    assertEquals(given == null ? "PASSIVE" : given, inLibrary("OMP_WAIT_POLICY"));
    assertEquals(System.getenv("OMP_NUM_THREADS"), inLibrary("OMP_NUM_THREADS"));
  }
}
