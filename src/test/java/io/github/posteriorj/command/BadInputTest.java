package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.ComputeDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What commands refuse, they refuse with a message of its own, and leave nothing behind. */
class BadInputTest extends HeadlessTest {

  private static final String PRIOR = Path.of("models/microscopy-64").toAbsolutePath().toString();

  @TempDir private static Path damaged;
  @TempDir private static Path networks;

  @BeforeAll
  static void damagePrior() throws Exception {
    PriorFolders.write(damaged, 8, "return x");
    PriorFolders.writeCard(damaged, 8, "ab".repeat(32));
    BadInput.writeNetworks(networks);
  }

  private static List<BadInput> inputs() {
    return Stream.concat(BadInput.all().stream(), BadInput.ofInstruments().stream()).toList();
  }

  private static void assertRefused(BadInput input) {
    String error =
        errorOf(
            input.script(PRIOR, damaged.toString(), networks.toString())
                + "newImage('after', '8-bit', 9, 9, 1);");
    assertNotNull(error);
    assertTrue(error.contains(input.message()), error);
    // The image that was shown last; a result would have come after the macro's own ones.
    ImagePlus last = WindowManager.getTempCurrentImage();
    assertTrue(last == null || input.macro().contains("'" + last.getTitle() + "'"), "" + last);
  }

  @BeforeEach
  void forgetTheLastImage() {
    WindowManager.setTempCurrentImage(null);
  }

  @Test
  void theCheckSeesResults() {
    String macro =
        BadInput.CELLS
            + "cells('cells', '32-bit', 32, 32);"
            + "run('Simulate Gaussian Blur...', 'noise=1');";
    assertNull(errorOf(macro));
    assertEquals("cells-measurement", WindowManager.getTempCurrentImage().getTitle());
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void badInputIsNamedAndLeavesNoImages(BadInput input) {
    assertRefused(input);
  }

  @Test
  void aGraphicsCardThatIsNotThereIsAnError() {
    assumeTrue(ComputeDevice.select("auto").isCpu(), "there is a GPU");
    assertRefused(
        new BadInput(
            "no GPU",
            "cells('cells', '32-bit', 32, 32);"
                + "run('Posterior Deblur...', 'noise=5 device=gpu prior=[{prior}]');",
            "\"gpu\" was asked for, but PyTorch sees no GPU"));
  }
}
