package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.host.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nothing stays in memory from one sampling step to the next. */
class ResidentMemoryIT {

  @Test
  @EnabledOnOs(OS.LINUX)
  void residentMemoryDoesNotGrowOverFiveThousandSteps() throws Exception {
    // Java takes all of its heap at once, so that what grows is not Java's.
    ChildJvm.Result result =
        ChildJvm.run(
            Path.of("").toAbsolutePath(),
            Map.of("JAVA_TOOL_OPTIONS", "-Xms512m -Xmx512m -XX:+AlwaysPreTouch"),
            ResidentMemory.class.getName());
    assertEquals(0, result.status(), result.errors());
    List<String> kilobytes = result.output().lines().toList();
    double early = Double.parseDouble(kilobytes.get(0));
    double late = Double.parseDouble(kilobytes.get(1));
    System.out.printf(
        "Resident memory: %.0f MB after %d steps, %.0f MB after %d.%n",
        early / 1024, ResidentMemory.EARLY, late / 1024, ResidentMemory.LATE);
    // What is left of growth is Java's compiler, since the C library has found the places of all
    // blocks by then; one step's tensors, kept, would be 5 GB in the end.
    assertTrue(late < 1.05 * early, result.output());
  }
}
