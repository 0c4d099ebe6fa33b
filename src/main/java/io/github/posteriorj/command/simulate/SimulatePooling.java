package io.github.posteriorj.command.simulate;

import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ForwardOperator;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Averages squares of pixels of the active image, and adds noise. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Simulate>Simulate Pooling...")
public class SimulatePooling extends SimulateCommand {

  @Parameter(
      label = "Factor",
      description = "Pixels of the sharp image a side of one measured pixel: 2, 4 or 8.",
      min = "1",
      persist = false)
  private int factor = 2;

  @Override
  protected ForwardOperator operator() {
    return new AveragePooling(factor);
  }
}
