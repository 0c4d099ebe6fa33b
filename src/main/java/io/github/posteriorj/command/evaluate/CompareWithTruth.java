package io.github.posteriorj.command.evaluate;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Progress;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.metric.PeakSignalToNoise;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Adds a line to the Results table: how close an image is to the known truth. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Compare with Truth...")
public class CompareWithTruth extends BackgroundCommand<Double> {

  @Parameter(
      label = "Image",
      description = "The image to judge.",
      required = false,
      persist = false)
  private ImagePlus image;

  @Parameter(
      label = "Truth",
      description = "The sharp image behind it.",
      required = false,
      persist = false)
  private ImagePlus truth;

  private float[] judged;
  private float[] known;

  @Override
  protected void prepare() {
    judged = Planes.pixels(InputPlane.read(image));
    known = Planes.pixels(InputPlane.read(truth));
  }

  @Override
  protected Double compute(Progress progress) {
    return PeakSignalToNoise.of(judged, known);
  }

  @Override
  protected void show(Double decibels) {
    ResultsTable table = ResultsTable.getResultsTable();
    table.incrementCounter();
    table.addLabel(image.getTitle());
    table.addValue("PSNR (dB)", decibels);
    table.show("Results");
  }
}
