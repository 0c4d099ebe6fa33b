package io.github.posteriorj.command.restore;

import io.github.posteriorj.command.Section;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.NetworkChoice;
import io.github.posteriorj.job.NetworkLoss;
import io.github.posteriorj.job.NetworkOutput;
import io.github.posteriorj.job.PlaneSource;
import java.nio.file.Path;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Draws images of which a network says what it shall say: labels, a class, an image, a direction.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior with Network Operator...", weight = 11)
    },
    description =
        "Inverse problem with a neural network as forward operator (TorchScript):"
            + " labels, classes, embeddings; with uncertainty.")
public class PosteriorWithNetworkOperator extends RestoreCommand {

  @Parameter(
      label = "Network (file)",
      description =
          "A TorchScript file (.pt) that takes images with values in [-1, 1], as priors make them.",
      persist = false)
  private String network = "";

  @Parameter(
      label = "Loss of the network's output",
      description =
          "squared error: the image is the network's output, with Gaussian noise. cross-entropy:"
              + " the output are logits, the image their labels, or a class is given. cosine: the"
              + " image holds a target embedding. own scalar: the output is the loss itself.",
      choices = {"squared error", "cross-entropy", "cosine", "own scalar"},
      persist = false)
  private String loss = NetworkLoss.SQUARED_ERROR.label();

  @Parameter(
      label = "Class to ask for (-1: from the image)",
      description =
          "For cross-entropy: the class, a whole number from 0, in place of a label image.",
      min = "-1",
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "loss=cross-entropy"))
  private int label = -1;

  @Parameter(
      label = "Weight of the loss",
      description =
          "For cosine, the concentration around the target; for the network's own scalar, its"
              + " factor. The higher, the closer samples are to what the network wants.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = Section.INSTRUMENT),
        @Attr(name = COUNTS_WITH, value = "loss=cosine|own scalar")
      })
  private double weight = 1;

  @Parameter(
      label = "Noise before the network",
      description =
          "Standard deviation of noise that is drawn once and added to what the network sees, so"
              + " that images cannot exploit its blind spots; 0.2 in the paper.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.INSTRUMENT))
  private double jitter = 0;

  @Parameter(
      label = "Width of the sharp image (0: the image's)",
      description = "Columns of the images to draw.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.INSTRUMENT))
  private int width = 0;

  @Parameter(
      label = "Height of the sharp image (0: the image's)",
      description = "Rows of the images to draw.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.INSTRUMENT))
  private int height = 0;

  @Parameter(
      label = "Channels of the sharp image",
      description = "Channels of the images to draw: those of the prior.",
      min = "1",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.INSTRUMENT))
  private int colours = 1;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return new NetworkOutput(
        NetworkChoice.named(network),
        NetworkLoss.labelled(loss),
        label,
        weight,
        jitter,
        width,
        height,
        colours);
  }

  /** Some losses need no image. */
  @Override
  protected boolean needsImage() {
    return false;
  }

  @Override
  protected PlaneSource planes(ForwardModel model) {
    return image() == null
        ? PlaneSource.nothing(Path.of(network).getFileName().toString())
        : super.planes(model);
  }
}
