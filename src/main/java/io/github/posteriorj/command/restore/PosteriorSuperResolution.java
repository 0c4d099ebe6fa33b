package io.github.posteriorj.command.restore;

import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Pooling;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws images of more pixels whose means over squares could be the active image. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Restore>Posterior Super-Resolution...")
public class PosteriorSuperResolution extends RestoreCommand {

  @Parameter(
      label = "Factor",
      description = "Pixels of the sharp image a side of one measured pixel: 2, 4 or 8.",
      min = "1",
      persist = false)
  private int factor = 2;

  @Override
  protected ForwardModel forwardModel() {
    return new Pooling(factor);
  }
}
