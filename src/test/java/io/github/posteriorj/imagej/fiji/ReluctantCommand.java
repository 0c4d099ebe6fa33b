package io.github.posteriorj.imagej.fiji;

import org.scijava.command.Command;
import org.scijava.command.DynamicCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A command that has its reason not to begin. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ Test>Reluctant...")
public class ReluctantCommand extends DynamicCommand {

  static final String REASON = "Not today.";

  @Parameter(label = "Number", persist = false)
  private int number = 1;

  @Override
  public void initialize() {
    cancel(REASON);
  }

  @Override
  public void run() {
    throw new UnsupportedOperationException("number " + number);
  }
}
