package io.github.posteriorj.command.simulate;

import ai.djl.ndarray.types.Shape;
import ij.ImagePlus;
import io.github.posteriorj.command.GrayWeights;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.restoration.Measurement;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Turns the active colour image gray, and adds noise. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Gray...", weight = 10)
    },
    description = "Simulates a gray image of a colour image, with noise.")
public class SimulateGray extends SimulateCommand {

  @Parameter(
      label = "Weights of the colours",
      description = "How gray is made of colours: as the eye weighs them, or their mean.",
      choices = {GrayWeights.LUMA, GrayWeights.MEAN},
      persist = false)
  private String weights = GrayWeights.LUMA;

  @Override
  protected Measurement read(ImagePlus image) {
    float[] colours = InputPlane.readColours(image);
    return new Measurement(colours, new Shape(3, image.getHeight(), image.getWidth()));
  }

  @Override
  protected ForwardOperator operator() {
    return GrayWeights.labelled(weights);
  }
}
