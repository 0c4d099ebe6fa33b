package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeDeviceTest {

  @Test
  void applesGraphicsAreTakenOnApplesProcessorsAndMarkedAsUntried() {
    ComputeDevice apple = ComputeDevice.apple("Mac OS X", "aarch64");
    assertEquals("MPS (untried)", apple.label());
    assertTrue(apple.isCpu(), "they have the computer's own memory");
  }

  @ParameterizedTest
  @CsvSource({"Linux, aarch64", "Mac OS X, x86_64", "Windows 11, amd64"})
  void applesGraphicsAreRefusedElsewhere(String system, String processor) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ComputeDevice.apple(system, processor));
    assertTrue(error.getMessage().contains(system), error.getMessage());
    assertTrue(error.getMessage().contains("device=auto"), error.getMessage());
  }

  @Test
  void theComputersMemoryIsKnownAndNotPlannedWithToTheEnd() {
    DeviceMemory memory = DeviceMemory.of(ComputeDevice.CPU);
    assertTrue(memory.bytes() > 1L << 28, memory.toString());
    assertEquals(memory.bytes() / 2, memory.planned());
    assertTrue(memory.label().startsWith("this computer has "), memory.label());
  }

  @Test
  void whyThereIsNoCardIsToldWhereOneWasLookedForAlone() {
    String looked = ComputeDevice.automatic(0, true).label();
    assertTrue(looked.startsWith("CPU; ") && looked.contains("libcudart"), looked);
    assertEquals("CPU", ComputeDevice.automatic(0, false).label());
    assertEquals("GPU 0", ComputeDevice.automatic(2, true).label());
    assertEquals(Optional.empty(), ComputeDevice.select("cpu").remark());
    assertEquals("CPU", ComputeDevice.select("cpu").label());
  }

  @Test
  void aDriverIsKnownByItsFile(@TempDir Path folder) throws Exception {
    Path driver = folder.resolve("version");
    assertFalse(NvidiaDriver.isAmong(List.of(driver)));
    Files.createFile(driver);
    assertTrue(NvidiaDriver.isAmong(List.of(folder.resolve("other"), driver)));
    assertTrue(NvidiaDriver.files("C:\\Windows").get(1).toString().contains("nvcuda.dll"));
  }
}
