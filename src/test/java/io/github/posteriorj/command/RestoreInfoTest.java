package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Info of a result tells of the run. */
class RestoreInfoTest extends HeadlessTest {

  @TempDir private static Path prior;

  @BeforeAll
  static void writePrior() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 160.0)");
  }

  private static String infoOf(String command, String options) {
    String macro =
        BadInput.CELLS
            + "cells('cells', '32-bit', 24, 24);"
            + "run('Posterior "
            + command
            + "...', 'warm_start_steps=3 burn_in=1 device=cpu trust=true prior=["
            + prior
            + "] noise=5 intensity_low=0 intensity_high=200 "
            + options
            + "');";
    assertNull(errorOf(macro));
    return ResultImages.find("cells-samples").getInfoProperty();
  }

  @Test
  void samplesAndChainsAreThoseThatAreKept() {
    String info = infoOf("Phase Retrieval", "samples=4 chains=2 restarts=3");
    for (String line : List.of("Samples: 4", "Chains: 2", "Restarts: 3")) {
      assertTrue(info.contains("\n" + line + "\n"), info);
    }
    assertEquals(4, ResultImages.find("cells-samples").getStackSize());
  }

  @Test
  void whatTheMeasurementCarriesIsKept() {
    String macro =
        BadInput.CELLS
            + "cells('cells', '32-bit', 24, 24);"
            + "setMetadata('Info', 'Objective: 63x/1.4'); setMetadata('Label', 'well B3');"
            + "makeRectangle(2, 3, 4, 5); Overlay.addSelection;"
            + "run('Posterior Denoise...', 'samples=2 chains=2 warm_start_steps=3 burn_in=1"
            + " device=cpu trust=true noise=5 prior=["
            + prior
            + "]');";
    assertNull(errorOf(macro));
    ImagePlus samples = ResultImages.find("cells-samples");
    String info = samples.getInfoProperty();
    assertTrue(info.startsWith("Made by: PosteriorJ"), info);
    assertTrue(info.contains("Info of \"cells\", which this was made from:"), info);
    assertTrue(info.endsWith("Objective: 63x/1.4"), info);
    assertEquals("well B3", samples.getStack().getSliceLabel(2));
    assertEquals(1, ResultImages.find("cells-mean").getOverlay().size());
  }

  @Test
  void theGeneratorIsNamed() {
    String info = infoOf("Denoise", "samples=2 chains=2");
    assertTrue(info.contains("\nGenerator: consistency model\nGeneration steps: 1\n"), info);
  }

  @Test
  void theLimitOnGradientsIsNamedInTheInfoAndTheLog() {
    String log = logOf(() -> infoOf("Denoise", "samples=6 chains=2 max_gradients=1"));
    String info = ResultImages.find("cells-samples").getInfoProperty();
    String warning = "The limit on gradients ended the run after 2 samples, before the 6 that";
    assertTrue(info.contains("\nSamples: 2\n"), info);
    assertTrue(info.contains("\nWarning: " + warning), info);
    assertTrue(log.contains("cells: " + warning), log);
    assertEquals(2, ResultImages.find("cells-samples").getStackSize());
  }

  @Test
  void settingsOfOtherChainsAreRefusedAtALevel() {
    String error =
        errorOf(
            BadInput.CELLS
                + "cells('cells', '32-bit', 24, 24);"
                + "run('Posterior Denoise...', 'noise=5 chain_level=0.3 burn_in=1 thinning=2');");
    assertTrue(
        error.contains("At chain_level=0.3 these settings have no effect: burn_in, thinning."),
        error);
    error =
        errorOf(
            BadInput.CELLS
                + "cells('other', '32-bit', 24, 24);"
                + "run('Posterior Denoise...', 'noise=5 chain_level=low');");
    assertTrue(error.contains("chain_level must be automatic, sigma_max or a number"), error);
  }
}
