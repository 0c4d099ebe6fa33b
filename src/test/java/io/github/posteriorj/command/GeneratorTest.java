package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.NetworkFile;
import io.github.posteriorj.library.PriorCard;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two ways of a prior from noise to image, in commands. */
class GeneratorTest extends HeadlessTest {

  /** The denoiser of images whose pixels are N(0, 0.25): the flow makes x = z / 2 of noise. */
  private static final String[] DENOISER = {
    "level = torch.square(torch.reshape(sigma, [-1, 1, 1, 1]))",
    "return torch.div(torch.mul(x, 0.25), torch.add(level, 0.25))"
  };

  private static final String FLOW = "generator=[probability flow] generation_steps=";

  @TempDir private Path prior;

  @BeforeEach
  void writePrior() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 800.0)");
    PriorFolders.addDenoiser(prior, DENOISER);
  }

  private String errorOfSampling(String options) {
    return errorOf(
        "run('Sample Prior...', 'samples=2 width=64 height=64 device=cpu trust=true prior=["
            + prior
            + "] "
            + options
            + "');");
  }

  private ImagePlus drawn() {
    return ResultImages.find(prior.getFileName() + "-samples");
  }

  private static String hashOf(NetworkFile network) {
    return "\nPrior's SHA-256: " + network.sha256() + "\n";
  }

  @Test
  void theFlowDrawsWhatItsDenoiserKnows() throws Exception {
    assertNull(errorOfSampling(FLOW + 40));
    // Four standard errors of the deviation of 4096 normal numbers, and 1 % for the steps.
    assertEquals(0.5, drawn().getStatistics().stdDev, 0.5 * (4 / Math.sqrt(2 * 4096.0) + 0.01));
    String info = drawn().getInfoProperty();
    assertTrue(info.contains("\nGenerator: probability flow\nGeneration steps: 40\n"), info);
    assertTrue(info.contains(hashOf(PriorCard.read(prior).denoiser().orElseThrow())), info);
  }

  @Test
  void theConsistencyModelIsTakenUnlessTheFlowIsAskedFor() throws Exception {
    assertNull(errorOfSampling(""));
    // x = z / 10 here.
    assertEquals(0.1, drawn().getStatistics().stdDev, 0.1 * 4 / Math.sqrt(2 * 4096.0));
    String info = drawn().getInfoProperty();
    assertTrue(info.contains("\nGenerator: consistency model\nGeneration steps: 1\n"), info);
    assertTrue(info.contains(hashOf(PriorCard.read(prior).network())), info);
  }

  @Test
  void aMeasurementIsRestoredWithTheFlow() {
    String options =
        "noise=20 intensity_low=0 intensity_high=200 samples=8 chains=2 warm_start_steps=30"
            + " burn_in=4 device=cpu trust=true prior=["
            + prior
            + "] ";
    String error =
        errorOf(
            BadInput.CELLS
                + "cells('cells', '32-bit', 32, 32);"
                + "run('Posterior Denoise...', '"
                + options
                + FLOW
                + "8');");
    assertNull(error);
    ImagePlus mean = ResultImages.find("cells-mean");
    String info = mean.getInfoProperty();
    assertTrue(info.contains("\nGenerator: probability flow\nGeneration steps: 8\n"), info);
    // A prior of deviation 50 and noise of 20 leave a variance of 1 / (1 / 50^2 + 1 / 20^2) = 345
    // at
    // each of 1024 independent pixels, judged from 8 samples, of which 2 chains' 4 hang together.
    double variance = ResultImages.find("cells-variance").getStatistics().mean;
    assertEquals(345, variance, 345 * 4 * Math.sqrt(2.0 / 1024));
  }

  @Test
  void oneStepOfTheFlowIsRefused() {
    String error = errorOfSampling(FLOW + 1);
    assertTrue(error.contains("Use generation_steps=6 or more"), error);
  }

  @Test
  void aPriorWithoutADenoiserIsNamedWithAWayOut() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 800.0)");
    String error = errorOfSampling(FLOW + 18);
    assertTrue(error.contains("\"Test prior\" has no denoiser"), error);
    assertTrue(error.contains("Use generator=[consistency model]"), error);
  }

  @Test
  void aDenoiserThatIsMissingOrAnotherOneIsNamed() throws Exception {
    Files.writeString(prior.resolve("denoiser.pt"), "another one");
    String error = errorOfSampling(FLOW + 18);
    assertTrue(error.contains("denoiser.pt are not the ones that the card"), error);
    Files.delete(prior.resolve("denoiser.pt"));
    error = errorOfSampling(FLOW + 18);
    assertTrue(error.contains("denoiser.pt"), error);
  }

  @Test
  void aDenoiserOfAnotherContractIsRefused() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 800.0)");
    PriorFolders.addDenoiser(prior, "return torch.sum(x)");
    String error = errorOfSampling(FLOW + 18);
    assertTrue(error.contains("is no denoiser as this program needs it"), error);
  }
}
