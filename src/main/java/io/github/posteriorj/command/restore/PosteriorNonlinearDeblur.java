package io.github.posteriorj.command.restore;

import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.NetworkBlurring;
import io.github.posteriorj.job.NetworkChoice;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws sharp images that a network could have blurred into the active image. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Nonlinear Deblur...", weight = 9)
    },
    description =
        "Nonlinear deblurring with uncertainty: the blur is a neural network" + " (TorchScript).")
public class PosteriorNonlinearDeblur extends RestoreCommand {

  @Parameter(
      label = "Network that blurs (file)",
      description =
          "A TorchScript file (.pt) that blurs: images in [-1, 1] in, images of the same size out.",
      persist = false)
  private String network = "neural-blur.pt";

  @Parameter(
      label = "Code of the blur",
      description = "The number of the random code of the blur: another code, another blur.",
      persist = false)
  private long code = 1;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return new NetworkBlurring(NetworkChoice.named(network), code);
  }
}
