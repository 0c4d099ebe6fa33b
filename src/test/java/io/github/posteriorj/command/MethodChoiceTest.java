package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.command.restore.PosteriorDenoise;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.solver.MethodSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandService;

/** The choice of a method, and of its settings, in a macro. */
class MethodChoiceTest extends HeadlessTest {

  @TempDir private static Path prior;

  @BeforeAll
  static void writePrior() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 160.0)");
    PriorFolders.addDenoiser(prior, "return torch.div(x, 160.0)");
  }

  private static String macro(String title, String options) {
    return BadInput.CELLS
        + "cells('%s', '32-bit', 24, 24);".formatted(title)
        + "run('Posterior Denoise...', 'image=%s samples=2 device=cpu trust=true prior=[%s]"
            .formatted(title, prior)
        + " noise=5 intensity_low=0 intensity_high=200 "
        + options
        + "');";
  }

  @Test
  void allMethodsAreOffered() {
    assertEquals(
        MethodSettings.kinds(),
        context()
            .service(CommandService.class)
            .getCommand(PosteriorDenoise.class)
            .getInput("method")
            .getChoices());
  }

  @Test
  void aMethodRunsWithItsOwnSettingsAndStandsInTheJob() {
    assertNull(errorOf(macro("a", "method=DPS noise_levels=3 guidance=0.2")));
    String info = ResultImages.find("a-samples").getInfoProperty();
    assertTrue(info.contains("\nMethod: DPS\n"), info);
    assertTrue(info.contains("\n  kind: DPS\n  noise_levels: 3\n  guidance: 0.2\n"), info);
    assertTrue(
        info.contains("where all fits. method=[DPS] weighs the measurement by its own settings"),
        info);
    // Two samples of three gradients, which count as three passes each.
    assertTrue(info.contains("\nNetwork passes: 18\n"), info);
  }

  @Test
  void settingsOfOtherMethodsAreRefused() {
    refused("b", "method=DPS gibbs_sweeps=3 copies=2", "With method=[DPS] these settings have no");
    refused("c", "guidance=0.2", "With quality=[standard] these settings have no effect: guidance");
    refused("d", "method=DPS chain_level=0.3", "chain_level has no effect with method=[DPS]");
    refused("e", "method=DPS guidance=-1", "guidance");
    refused("f", "method=DSP", "DSP");
  }

  private static void refused(String title, String options, String why) {
    String error = errorOf(macro(title, options));
    assertTrue(error.contains(why), error);
  }
}
