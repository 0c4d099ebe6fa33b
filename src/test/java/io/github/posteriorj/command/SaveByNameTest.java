package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.command.prior.OwnPriorsTest;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.profile.Camera;
import io.github.posteriorj.profile.NoiseKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cameras and qualities that are saved from a macro, and used by their names. */
class SaveByNameTest extends OwnPriorsTest {

  private static final String CHEAP = " chains=2 warm_start_steps=3 burn_in=1";

  private String errorOfDenoising(String options) throws IOException {
    Path prior = PriorFolders.write(directory.resolve("prior"), 8, "return torch.div(x, 80.0)");
    return errorOf(
        BadInput.CELLS
            + "cells('cells', '32-bit', 24, 24); run('Posterior Denoise...', 'image=cells samples=2"
            + " quality=preview chain_level=sigma_max device=cpu trust=true prior=["
            + prior
            + "] "
            + options
            + "');");
  }

  private static List<String> noise() {
    return ResultImages.find("cells-mean")
        .getInfoProperty()
        .lines()
        .filter(line -> line.startsWith("Noise: "))
        .toList();
  }

  private static float[] mean() {
    return (float[]) ResultImages.find("cells-mean").getProcessor().getPixels();
  }

  @Test
  void aCameraIsEnteredOnce() throws IOException {
    assertNull(
        errorOfDenoising(
            "noise_model=Poisson-Gaussian camera_gain=2 camera_offset=40 read_sigma=3"
                + " save_camera_as=[our sCMOS]"
                + CHEAP));
    assertEquals(
        new Camera("Saved from a dialog.", NoiseKind.POISSON_GAUSSIAN, 2, 40, 3),
        Installation.cameras().find("our sCMOS"));
    List<String> first = noise();
    assertEquals(1, first.size());
    assertNull(errorOfDenoising("camera=[our sCMOS]" + CHEAP));
    assertEquals(first, noise());
    // A key in the macro overrides the camera's number, for this run only.
    assertNull(errorOfDenoising("camera=[our sCMOS] read_sigma=5" + CHEAP));
    assertTrue(noise().get(0).contains("5.0"), noise().get(0));
    assertEquals(3, Installation.cameras().find("our sCMOS").readSigma());
  }

  @Test
  void aQualityIsEnteredOnce() throws IOException {
    assertNull(errorOfDenoising("noise=5 save_quality_as=[quick]" + CHEAP));
    assertTrue(Installation.qualities().names().contains("quick"));
    float[] first = mean();
    String macro = "run('Posterior Denoise...', 'image=cells noise=5 quality=quick";
    assertNull(
        errorOf(macro + " device=cpu trust=true prior=[" + directory.resolve("prior") + "]');"));
    assertArrayEquals(first, mean());
    assertEquals(2, ResultImages.find("cells-samples").getStackSize());
  }

  @Test
  void aNameOfTheProgramsIsRefusedAndNothingIsRun() throws IOException {
    String error = errorOfDenoising("noise=5 save_camera_as=[photon counting]");
    assertNotNull(error);
    assertTrue(error.contains("comes with the program"), error);
    assertNull(ResultImages.find("cells-mean"));
  }
}
