package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of the instrument may be constant, unlike those that are to be restored. */
class InstrumentImagesTest extends HeadlessTest {

  @TempDir private static Path prior;

  @BeforeAll
  static void writePrior() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 80.0)");
  }

  private static String errorOfRestoring(String image, String command, String options) {
    return errorOf(
        BadInput.CELLS
            + "cells('cells', '32-bit', 32, 32);"
            + image
            + "run('Posterior "
            + command
            + "...', 'image=cells "
            + options
            + BadInput.CHEAP.replace("{prior}", prior.toString())
            + "');");
  }

  @ParameterizedTest
  @CsvSource({
    "Motion Deblur, 3, 1, kernel=flat noise=5",
    "Deblur with PSF, 3, 3, psf=flat noise=5",
    "Denoise, 32, 32, illumination=flat noise=5",
    "Denoise, 32, 32, noise_map=flat"
  })
  void aConstantOneIsTaken(String command, int width, int height, String options) {
    String image = "newImage('flat', '8-bit white', %d, %d, 1);".formatted(width, height);
    assertNull(errorOfRestoring(image, command, options));
    assertNotNull(ResultImages.find("cells-samples"));
  }

  @Test
  void aDarkIlluminationAndANoiseMapOfZerosAreRefused() {
    String dark = "newImage('dark', '32-bit black', 32, 32, 1);";
    String light = errorOfRestoring(dark, "Denoise", "illumination=dark noise=5");
    assertTrue(light.contains("The pattern is 0 at all pixels"), light);
    closeImages();
    String map = errorOfRestoring(dark, "Denoise", "noise_map=dark");
    assertTrue(map.contains("must be a positive number at every pixel"), map);
  }
}
