package io.github.posteriorj.command;

import ij.ImagePlus;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.PatternIllumination;
import io.github.posteriorj.restoration.IntensityRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
      required = false,
      autoFill = false,
      persist = false)
  private ImagePlus illumination;

  @Parameter(
      label = "Background",
      description =
          "Intensity that is added to the whole measurement and does not come from the sample.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Camera"))
  private double background = 0;

  @Parameter(
      label = "Noise model",
      description =
          "Gaussian: of one standard deviation. Poisson: photons. Poisson-Gaussian: photons and a"
              + " camera's read noise.",
      choices = {GAUSSIAN, POISSON, POISSON_GAUSSIAN},
      persist = false,
      attrs = @Attr(name = GROUP, value = "Camera"))
  private String noise_model = GAUSSIAN;

  @Parameter(
      label = "Gain (intensity units a photon)",
      description =
          "For Poisson and Poisson-Gaussian noise: intensity units of one photon. 1 for an image in"
              + " photons. Restoring, 0 estimates it (variance line, Foi et al. 2008).",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Camera"))
  private double camera_gain = 1;

  @Parameter(
      label = "Offset",
      description = "For Poisson and Poisson-Gaussian noise: the intensity of no light.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Camera"))
  private double camera_offset = 0;

  @Parameter(
      label = "Read noise",
      description =
          "For Poisson-Gaussian noise: the read noise's standard deviation in intensity units."
              + " Restoring, 0 with a gain of 0 estimates it.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Camera"))
  private double read_sigma = 0;

  private PatternIllumination pattern;

  /** A camera's numbers, as given. */
  protected record Camera(String noiseModel, double gain, double offset, double readNoise) {}

  /**
   * The forward operator between the light and the camera; called in the background.
   *
   * @throws IllegalArgumentException if its parameters make none; the message says which
   * @throws IOException if a file that it needs cannot be read
   */
  protected abstract ForwardOperator operator() throws IOException;

  /** Called in the end, however it came, to let go of what {@link #operator()} has opened. */
  protected void close() {}

  /**
   * The whole instrument: illumination, operator, background.
   *
   * @throws IllegalArgumentException if the operator's parameters make none; the message says which
   * @throws IOException if a file that it needs cannot be read
   */
  protected final ForwardOperator instrument() throws IOException {
    List<ForwardOperator> parts = new ArrayList<>();
    if (pattern != null) {
      parts.add(pattern);
    }
    ForwardOperator operator = operator();
    parts.add(operator);
    if (background != 0) {
      parts.add(new Affine(1, background));
    }
    return parts.size() == 1 ? operator : Composition.of(parts.toArray(ForwardOperator[]::new));
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

  @Override
  protected void prepare() {
    if (illumination != null) {
      pattern =
          new PatternIllumination(
              Planes.pixels(InputPlane.readAsItIs(illumination, "illumination")),
              illumination.getWidth(),
              illumination.getHeight());
    }
  }
}
