package io.github.posteriorj.command.restore;

import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.NoBlur;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Draws noise-free images that noise could have turned into the active image. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Denoise...", weight = 3)
    },
    description =
        "Denoise with uncertainty: draws noise-free images that Gaussian, Poisson"
            + " (photon) or camera noise could have turned into this one.")
public class PosteriorDenoise extends RestoreCommand {

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return new NoBlur();
  }
}
