package io.github.posteriorj.command.restore;

import io.github.posteriorj.command.GrayWeights;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.GrayOfColours;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws colour images whose gray could be the active image; needs a prior of three channels. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Colorize...", weight = 10)
    },
    description =
        "Colorize with uncertainty: draws colour images whose gray is this image;"
            + " needs a prior of three channels.")
public class PosteriorColorize extends RestoreCommand {

  @Parameter(
      label = "Weights of the colours",
      description = "How gray is made of colours: as the eye weighs them, or their mean.",
      choices = {GrayWeights.LUMA, GrayWeights.MEAN},
      persist = false)
  private String weights = GrayWeights.LUMA;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return GrayOfColours.of(GrayWeights.labelled(weights));
  }
}
