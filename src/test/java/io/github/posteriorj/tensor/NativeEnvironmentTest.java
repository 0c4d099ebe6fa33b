package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class NativeEnvironmentTest {

  private static String inLibrary(String name) {
    return Function.getFunction("c", "getenv").invokeString(new Object[] {name}, false);
  }

  @ParameterizedTest
  @CsvSource({"OMP_WAIT_POLICY, PASSIVE", "THP_MEM_ALLOC_ENABLE, 1"})
  void isSetUnlessTheUserSaysOtherwise(String name, String value) {
    ComputeDevice.CPU.label();
    String given = System.getenv(name);
    assertEquals(given == null ? value : given, inLibrary(name));
  }

  @Test
  void leavesTheNumberOfThreadsToTheUser() {
    ComputeDevice.CPU.label();
    assertEquals(System.getenv("OMP_NUM_THREADS"), inLibrary("OMP_NUM_THREADS"));
  }
}
