package io.github.posteriorj.command.simulate;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.Identity;
import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** Adds noise to the active image. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Simulate>Simulate Noise...")
public class SimulateNoise extends SimulateCommand {

  @Override
  protected ForwardOperator operator() {
    return new Identity();
  }
}
