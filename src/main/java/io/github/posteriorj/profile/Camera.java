package io.github.posteriorj.profile;

import io.github.posteriorj.text.RecordYaml;
import java.nio.file.Path;
import java.util.List;

/**
 * A camera's noise: what a laboratory measures once.
 *
 * @param description for people
 * @param noiseModel the kind of its noise
 * @param cameraGain intensity units of a photon, or 0 to estimate it; not used for Gaussian noise
 * @param cameraOffset the intensity of no light; not used for Gaussian noise
 * @param readSigma the read noise's standard deviation in intensity units, or 0, with a gain of 0,
 *     to estimate it; used for Poisson-Gaussian noise only
 */
public record Camera(
    String description,
    NoiseKind noiseModel,
    double cameraGain,
    double cameraOffset,
    double readSigma) {

  /** The name of the camera that is taken unless another one is chosen. */
  public static final String USUAL = "Gaussian noise";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public Camera {
    checkNotNegative("camera_gain", cameraGain);
    checkNotNegative("read_sigma", readSigma);
    if (!Double.isFinite(cameraOffset)) {
      throw new IllegalArgumentException(
          "camera_offset must be a number; it is " + cameraOffset + ".");
    }
  }

  /**
   * The cameras that come with the program, and those that a user has saved.
   *
   * @param folder the user's own
   */
  public static Profiles<Camera> all(Path folder) {
    return new Profiles<>(
        Camera.class,
        RecordYaml.PLAIN,
        "camera",
        "cameras",
        List.of(USUAL, "photon counting"),
        folder);
  }

  /** The same with another description. */
  public Camera described(String other) {
    return new Camera(other, noiseModel, cameraGain, cameraOffset, readSigma);
  }

  private static void checkNotNegative(String key, double value) {
    if (!(value >= 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(key + " must be at least 0; it is " + value + ".");
    }
  }
}
