package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class PyTorchEnvironmentTest {

  @BeforeAll
  static void nameADevice() {
    ComputeDevice.CPU.label();
  }

  @ParameterizedTest
  @CsvSource({"OMP_WAIT_POLICY, PASSIVE", "THP_MEM_ALLOC_ENABLE, 1"})
  void settingsAreMadeUnlessTheUserSaysOtherwise(String name, String value) {
    String given = System.getenv(name);
    assertEquals(given == null ? value : given, inLibrary(name));
  }

  @Test
  void theNumberOfThreadsIsTheUsersToChoose() {
    assertEquals(System.getenv("OMP_NUM_THREADS"), inLibrary("OMP_NUM_THREADS"));
  }

  private static String inLibrary(String name) {
    return Function.getFunction("c", "getenv").invokeString(new Object[] {name}, false);
  }
}
