package io.github.posteriorj.command.restore;

import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Pooling;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws images of more pixels whose means over squares could be the active image. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Super-Resolution...", weight = 4)
    },
    description =
        "Super-resolution with uncertainty: draws images of 2, 4 or 8 times as many"
            + " pixels a side. Upsampling, upscaling, single-image super-resolution.")
public class PosteriorSuperResolution extends RestoreCommand {

  @Parameter(
      label = "Factor (2, 4 or 8)",
      description = "Pixels of the sharp image a side of one measured pixel: 2, 4 or 8.",
      min = "1",
      persist = false)
  private int factor = 2;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return new Pooling(factor);
  }
}
