package io.github.posteriorj.command;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.imagej.MeasuredImage;
import io.github.posteriorj.restoration.IntensityRange;
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

  /** White noise of one level, or of one for each pixel. */
  protected static final String GAUSSIAN = "Gaussian";

  /** Photons. */
  protected static final String POISSON = "Poisson";

  /** Photons and a camera's read noise. */
  protected static final String POISSON_GAUSSIAN = "Poisson-Gaussian";

  @Parameter(
      label = "Illumination",
      description =
          "An image of the light's pattern, of the sharp image's size, by which the sharp image is"
              + " multiplied before anything else. None: even light of 1.",
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = NONE),
        @Attr(name = GROUP, value = Section.INSTRUMENT)
      })
  private String illumination = NONE;

  @Parameter(
      label = "Background",
      description =
          "Intensity that is added to the whole measurement and does not come from the sample.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.INSTRUMENT))
  private double background = 0;

  @Parameter(
      label = "Noise model",
      description =
          "Gaussian: of one standard deviation. Poisson: photons. Poisson-Gaussian: photons and a"
              + " camera's read noise.",
      choices = {GAUSSIAN, POISSON, POISSON_GAUSSIAN},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.NOISE))
  private String noise_model = GAUSSIAN;

  @Parameter(
      label = "Gain (intensity units a photon)",
      description =
          "For Poisson and Poisson-Gaussian noise: intensity units of one photon. 1 for an image in"
              + " photons. Restoring, 0 estimates it (variance line, Foi et al. 2008).",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.NOISE))
  private double camera_gain = 1;

  @Parameter(
      label = "Offset",
      description = "For Poisson and Poisson-Gaussian noise: the intensity of no light.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.NOISE))
  private double camera_offset = 0;

  @Parameter(
      label = "Read noise",
      description =
          "For Poisson-Gaussian noise: the read noise's standard deviation in intensity units."
              + " Restoring, 0 with a gain of 0 estimates it.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.NOISE))
  private double read_sigma = 0;

  /** A camera's numbers, as given. */
  protected record Camera(String noiseModel, double gain, double offset, double readNoise) {}

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

  /** The camera's numbers, as given. */
  protected final Camera camera() {
    return new Camera(noise_model, camera_gain, camera_offset, read_sigma);
  }

  /**
   * The range of the intensities that were given; empty if the user has left them equal, which asks
   * for another one.
   */
  protected static Optional<IntensityRange> range(double low, double high) {
    return low == high ? Optional.empty() : Optional.of(new IntensityRange(low, high));
  }
}
