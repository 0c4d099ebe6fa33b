package io.github.posteriorj.command;

import static java.util.Objects.requireNonNullElse;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.imagej.MeasuredImage;
import io.github.posteriorj.profile.Camera;
import io.github.posteriorj.profile.NoiseKind;
import io.github.posteriorj.restoration.IntensityRange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/**
 * What simulating and restoring a measurement have in common: the instrument's light, its camera
 * and its noise.
 *
 * @param <R> what is computed in the background and shown afterwards
 */
public abstract class MeasurementCommand<R> extends BackgroundCommand<R> {

  /** What inputs count with that describe Gaussian noise. */
  protected static final String GAUSSIAN = "noise_model=" + NoiseKind.GAUSSIAN_LABEL;

  private static final String PHOTONS =
      "noise_model=" + NoiseKind.POISSON_LABEL + "|" + NoiseKind.POISSON_GAUSSIAN_LABEL;

  private static final String READ_NOISE = "noise_model=" + NoiseKind.POISSON_GAUSSIAN_LABEL;

  @Parameter(
      label = "Image of the illumination",
      description =
          "An image of the light's pattern, of the sharp image's size, by which the sharp image is"
              + " multiplied before anything else. None: even light of 1.",
      persist = false,
      attrs = {@Attr(name = IMAGE, value = NONE), @Attr(name = GROUP, value = Section.INSTRUMENT)})
  private String illumination = NONE;

  @Parameter(
      label = "Background intensity",
      description =
          "Intensity that is added to the whole measurement and does not come from the sample.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.INSTRUMENT))
  private double background = 0;

  @Parameter(
      label = "Camera",
      description =
          "The camera's noise: Gaussian noise of one level, photon counting, or a camera of your"
              + " own (All settings...: save it under a name). The keys below override it.",
      persist = false,
      attrs = {
        @Attr(name = CHOICES, value = CAMERAS),
        @Attr(name = Section.ATTRIBUTE, value = Section.NOISE)
      })
  private String camera = Camera.USUAL;

  @Parameter(
      label = "Noise model of the camera",
      description =
          "Gaussian: of one standard deviation. Poisson: photons. Poisson-Gaussian: photons and a"
              + " camera's read noise. Left out: the camera's.",
      choices = {
        NoiseKind.GAUSSIAN_LABEL,
        NoiseKind.POISSON_LABEL,
        NoiseKind.POISSON_GAUSSIAN_LABEL
      },
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.NOISE))
  private String noise_model;

  @Parameter(
      label = "Camera's gain (intensity units a photon)",
      description =
          "For Poisson and Poisson-Gaussian noise: intensity units of one photon. 1 for an image in"
              + " photons. Restoring, 0 estimates it (variance line, Foi et al. 2008). Left out:"
              + " the camera's.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = Section.NOISE),
        @Attr(name = COUNTS_WITH, value = PHOTONS)
      })
  private Double camera_gain;

  @Parameter(
      label = "Camera's offset (intensity of no light)",
      description =
          "For Poisson and Poisson-Gaussian noise: the intensity of no light. Left out: the"
              + " camera's.",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = Section.NOISE),
        @Attr(name = COUNTS_WITH, value = PHOTONS)
      })
  private Double camera_offset;

  @Parameter(
      label = "Camera's read noise, standard deviation",
      description =
          "For Poisson-Gaussian noise: the read noise's standard deviation in intensity units."
              + " Restoring, 0 with a gain of 0 estimates it. Left out: the camera's.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = Section.NOISE),
        @Attr(name = COUNTS_WITH, value = READ_NOISE)
      })
  private Double read_sigma;

  @Parameter(
      label = "Save this camera under the name",
      description =
          "Where a name is given, noise model, gain, offset and read noise are saved as a camera of"
              + " your own, which all dialogs then offer.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.NOISE))
  private String save_camera_as = "";

  /**
   * The light's pattern, if it is not even.
   *
   * @throws IllegalArgumentException if the image that was given shows none
   */
  protected final Optional<NamedPlane> illumination() {
    return MeasuredImage.plane(imageOf("illumination").orElse(null), "illumination");
  }

  /** The intensity that is added to the whole measurement. */
  protected final double background() {
    return background;
  }

  /**
   * The camera that was chosen, with what was given in other words.
   *
   * @throws IOException if its file cannot be used; the message says why
   */
  protected final Camera camera() throws IOException {
    Camera chosen = Installation.cameras().find(camera);
    return new Camera(
        chosen.description(),
        noise_model == null ? chosen.noiseModel() : NoiseKind.labelled(noise_model),
        requireNonNullElse(camera_gain, chosen.cameraGain()),
        requireNonNullElse(camera_offset, chosen.cameraOffset()),
        requireNonNullElse(read_sigma, chosen.readSigma()));
  }

  @Override
  protected Map<String, Object> valuesOfUnset() throws IOException {
    Camera given = camera();
    return Map.of(
        "noise_model", given.noiseModel().label(),
        "camera_gain", given.cameraGain(),
        "camera_offset", given.cameraOffset(),
        "read_sigma", given.readSigma());
  }

  /** Saves the camera, if it was given a name; from then on it is the one that is chosen. */
  @Override
  protected void prepare() throws IOException {
    if (save_camera_as.isBlank()) {
      return;
    }
    Installation.cameras().save(save_camera_as, camera().described("Saved from a dialog."));
    camera = save_camera_as;
    save_camera_as = "";
    noise_model = null;
    camera_gain = null;
    camera_offset = null;
    read_sigma = null;
  }

  /**
   * The range of the intensities that were given; empty if the user has left them equal, which asks
   * for another one.
   */
  protected static Optional<IntensityRange> range(double low, double high) {
    return low == high ? Optional.empty() : Optional.of(new IntensityRange(low, high));
  }
}
