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
    // Java takes all of its heap at once and does not optimise, so that what grows is not Java's.
    // Where all blocks begin on pages of memory, those that were given back are used up again
    // only after some 10,000 steps: what PyTorch's allocator does is not what is tested.
    ChildJvm.Result result =
        ChildJvm.run(
            Path.of("").toAbsolutePath(),
            Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Xms512m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1",
                "THP_MEM_ALLOC_ENABLE",
                "0"),
            ResidentMemory.class.getName());
    assertEquals(0, result.status(), result.errors());
    List<String> kilobytes = result.output().lines().toList();
    double early = Double.parseDouble(kilobytes.get(0));
    double late = Double.parseDouble(kilobytes.get(1));
    System.out.printf(
        "Resident memory: %.0f MB after %d steps, %.0f MB after %d.%n",
        early / 1024, ResidentMemory.EARLY, late / 1024, ResidentMemory.LATE);
    // One step's tensors, kept, would be 5 GB in the end.
    assertTrue(late < 1.05 * early, result.output());
  }
}
