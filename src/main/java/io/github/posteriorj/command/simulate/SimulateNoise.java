package io.github.posteriorj.command.simulate;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.Identity;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Adds noise to the active image. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Noise...", weight = 3)
    },
    description = "Simulates noise: Gaussian, Poisson (photons), or a camera's.")
public class SimulateNoise extends SimulateCommand {

  @Override
  protected ForwardOperator operator() {
    return new Identity();
  }
}
