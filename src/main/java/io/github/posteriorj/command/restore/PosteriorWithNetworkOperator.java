package io.github.posteriorj.command.restore;

import ai.djl.ndarray.types.Shape;
import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.command.NetworkTarget;
import io.github.posteriorj.command.ScaledNetwork;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.operator.Background;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Draws images of which a network says what it shall say: labels, a class, an image, a direction.
 */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>PosteriorJ>Restore>Posterior with Network Operator...")
public class PosteriorWithNetworkOperator extends RestoreCommand {

  /** Streams of random numbers apart from the chains', which count from 0. */
  private static final long JITTER_STREAM = -5;

  @Parameter(
      label = "Network",
      description =
          "A TorchScript file (.pt) that takes images with values in [-1, 1], as priors make them.",
      persist = false)
  private String network = "";

  @Parameter(
      label = "Loss",
      description =
          "squared error: the image is the network's output, with Gaussian noise. cross-entropy:"
              + " the output are logits, the image their labels, or a class is given. cosine: the"
              + " image holds a target embedding. own scalar: the output is the loss itself.",
      choices = {
        NetworkTarget.SQUARED_ERROR,
        NetworkTarget.CROSS_ENTROPY,
        NetworkTarget.COSINE,
        NetworkTarget.OWN_SCALAR
      },
      persist = false)
  private String loss = NetworkTarget.SQUARED_ERROR;

  @Parameter(
      label = "Class (-1: from the image)",
      description =
          "For cross-entropy: the class, a whole number from 0, in place of a label image.",
      min = "-1",
      persist = false)
  private int label = -1;

  @Parameter(
      label = "Weight",
      description =
          "For cosine, the concentration around the target; for the network's own scalar, its"
              + " factor. The higher, the closer samples are to what the network wants.",
      min = "0",
      persist = false)
  private double weight = 1;

  @Parameter(
      label = "Noise before the network",
      description =
          "Standard deviation of noise that is drawn once and added to what the network sees, so"
              + " that images cannot exploit its blind spots; 0.2 in the paper.",
      min = "0",
      persist = false)
  private double jitter = 0;

  @Parameter(
      label = "Width (0: the image's)",
      description = "Columns of the images to draw.",
      min = "0",
      persist = false)
  private int width = 0;

  @Parameter(
      label = "Height (0: the image's)",
      description = "Rows of the images to draw.",
      min = "0",
      persist = false)
  private int height = 0;

  @Parameter(
      label = "Channels",
      description = "Channels of the images to draw: those of the prior.",
      min = "1",
      persist = false)
  private int channels = 1;

  private NetworkOperator opened;

  @Override
  protected ForwardOperator operator() throws IOException {
    Shape image = imageShape();
    opened = ScaledNetwork.open(network, chosenDevice(), seed(), image, consent());
    ForwardOperator scaled = ScaledNetwork.before(intensityRange().orElseThrow());
    return jitter == 0
        ? Composition.of(scaled, opened)
        : Composition.of(
            scaled,
            Background.noise(jitter, image, RandomStream.of(seed(), JITTER_STREAM)),
            opened);
  }

  private Shape imageShape() {
    if (image() == null && (width == 0 || height == 0)) {
      throw new IllegalArgumentException(
          "There is no image to take the size from. Give width and height.");
    }
    return new Shape(
        channels,
        height == 0 ? image().getHeight() : height,
        width == 0 ? image().getWidth() : width);
  }

  private NetworkTarget target() {
    return new NetworkTarget(loss, label, weight, opened.outputShape(imageShape()));
  }

  @Override
  protected Measurement read(ImagePlus image) {
    return image == null ? null : Measurement.of(InputPlane.readAsItIs(image, InputPlane.IMAGE));
  }

  @Override
  protected Measurement measurement() {
    return target().measurement(Optional.ofNullable(super.measurement()));
  }

  @Override
  protected NoiseModel noiseModel() {
    return target().noiseModel().orElseGet(super::noiseModel);
  }

  /** Intensities are what the network sees, unless they are given. */
  @Override
  protected Optional<IntensityRange> intensityRange() {
    return super.intensityRange().or(() -> Optional.of(ScaledNetwork.ownRange()));
  }

  @Override
  protected String title() {
    return image() == null ? Path.of(network).getFileName().toString() : super.title();
  }

  @Override
  protected Calibration calibration(RandomAccessibleInterval<FloatType> pixels) {
    return image() == null ? new Calibration() : super.calibration(pixels);
  }

  @Override
  protected void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
