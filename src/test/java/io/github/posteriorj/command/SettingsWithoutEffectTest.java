package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that has no effect with the others is refused, with the reason. */
class SettingsWithoutEffectTest extends HeadlessTest {

  @TempDir private static Path prior;

  @BeforeAll
  static void writePrior() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 80.0)");
  }

  private static String errorOf(String command, String options) {
    return errorOf(
        BadInput.CELLS
            + "cells('cells', '32-bit', 24, 24); newImage('flat', '32-bit white', 24, 24, 1);"
            + "run('"
            + command
            + "...', 'image=cells "
            + options
            + "');");
  }

  private static String cheap() {
    return BadInput.CHEAP.replace("{prior}", prior.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "noise=5 camera=[photon counting], noise, noise_model=Gaussian, Poisson",
    "noise=5 noise_model=Poisson, noise, noise_model=Gaussian, Poisson",
    "noise=5 noise_map=flat, noise, noise_map=none, flat",
    "noise_map=flat noise_model=Poisson-Gaussian camera_gain=2, noise_map, noise_model=Gaussian,"
        + " Poisson-Gaussian",
    "noise=5 unknown_noise_level=[integrated out], unknown_noise_level, noise=0, 5",
    "noise=5 camera_gain=2, camera_gain, noise_model=Poisson or Poisson-Gaussian, Gaussian",
    "noise=5 camera_offset=100, camera_offset, noise_model=Poisson or Poisson-Gaussian, Gaussian",
    "noise_model=Poisson read_sigma=3, read_sigma, noise_model=Poisson-Gaussian, Poisson"
  })
  void ofNoise(String options, String key, String condition, String value) {
    assertRefused(errorOf("Posterior Denoise", options + cheap()), key, condition, value);
  }

  @ParameterizedTest
  @CsvSource({
    "psf=flat wavelength=600, wavelength, psf_model=Airy or Born-Wolf, image",
    "psf=flat psf_model=Airy pixel_size=0.1, psf, psf_model=image, Airy",
    "psf_model=Airy pixel_size=0.1 defocus=1, defocus, psf_model=Born-Wolf, Airy",
    "psf_model=Gaussian pixel_size=0.1, pixel_size, psf_model=Airy or Born-Wolf, Gaussian",
    "psf_sigma=3 pixel_size=0.1, psf_sigma, psf_model=Gaussian, Airy"
  })
  void ofThePsf(String options, String key, String condition, String value) {
    String error = errorOf("Posterior Deblur with PSF", "noise=5 " + options + cheap());
    assertRefused(error, key, condition, value);
  }

  @ParameterizedTest
  @CsvSource({
    "Posterior Motion Deblur, kernel=flat noise=5 angle=30, angle, kernel=none, flat",
    "Posterior Inpaint, hidden=selection mask=flat noise=5, mask, hidden=mask, selection",
    "Simulate Gaussian Blur, noise=5 noise_model=Poisson, noise, noise_model=Gaussian, Poisson",
    "Simulate Motion Blur, shaking=0.9, shaking, path=random, straight",
    "Simulate Mask, visible=0.5 box_width=4 box_height=4, visible, box_width=0, 4",
    "Simulate PSF Blur, psf_sigma=3 pixel_size=0.1, psf_sigma, psf_model=Gaussian, Airy"
  })
  void ofOtherInstruments(
      String command, String options, String key, String condition, String value) {
    boolean restores = command.startsWith("Posterior");
    assertRefused(errorOf(command, options + (restores ? cheap() : "")), key, condition, value);
  }

  private static void assertRefused(String error, String key, String condition, String value) {
    assertNotNull(error);
    assertTrue(error.startsWith(key + " (\""), error);
    assertTrue(error.contains("has no effect: it counts only with " + condition + ","), error);
    assertTrue(error.contains(" is " + value + ". Leave it "), error);
  }

  @Test
  void whatIsLeftAtItsDefaultIsNoneOfThem() {
    assertNull(errorOf("Posterior Denoise", "noise=0 camera=[photon counting] seed=2" + cheap()));
  }

  @Test
  void withoutAnImageThePsfIsComputedFromWavelengthAndAperture() {
    String options = "wavelength=600 numerical_aperture=0.9 pixel_size=0.1 noise=5";
    assertNull(errorOf("Posterior Deblur with PSF", options + cheap()));
  }
}
