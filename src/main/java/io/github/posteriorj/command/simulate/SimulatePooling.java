package io.github.posteriorj.command.simulate;

import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ForwardOperator;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Averages squares of pixels of the active image, and adds noise. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Pooling...", weight = 4)
    },
    description =
        "Simulates large pixels: averages squares of pixels (binning, downsampling),"
            + " with noise.")
public class SimulatePooling extends SimulateCommand {

  @Parameter(
      label = "Factor (2, 4 or 8)",
      description = "Pixels of the sharp image a side of one measured pixel: 2, 4 or 8.",
      min = "1",
      persist = false)
  private int factor = 2;

  @Override
  protected ForwardOperator operator() {
    return new AveragePooling(factor);
  }
}
