package io.github.posteriorj.command.restore;

import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.NoBlur;
import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** Draws noise-free images that noise could have turned into the active image. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Restore>Posterior Denoise...")
public class PosteriorDenoise extends RestoreCommand {

  @Override
  protected ForwardModel forwardModel() {
    return new NoBlur();
  }
}
