package io.github.posteriorj.command.restore;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.Identity;
import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** Draws noise-free images that noise could have turned into the active image. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Restore>Posterior Denoise...")
public class PosteriorDenoise extends RestoreCommand {

  @Override
  protected ForwardOperator operator() {
    return new Identity();
  }
}
