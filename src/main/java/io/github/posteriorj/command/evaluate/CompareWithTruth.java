package io.github.posteriorj.command.evaluate;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.StructuralSimilarity;
import io.github.posteriorj.progress.Progress;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Adds a line to the Results table: how close an image is to the known truth. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Compare with Truth...", weight = 5)
    },
    description =
        "Compares an image with the known truth: PSNR and SSIM, as a line of the"
            + " Results table.")
public class CompareWithTruth extends BackgroundCommand<CompareWithTruth.Judged> {

  @Parameter(
      label = "Image to judge",
      description = "The image to judge.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "Image of the truth",
      description = "The sharp image behind it.",
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = NONE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String truth = NONE;

  /** How close the image is. */
  protected record Judged(double decibels, double similarity) {}

  private ImagePlus input;
  private float[] judged;
  private float[] known;

  @Override
  protected void prepare() {
    input = imageOf(InputPlane.IMAGE).orElse(null);
    judged = Planes.pixels(InputPlane.read(input));
    known = Planes.pixels(InputPlane.read(imageOf("truth").orElse(null), "truth"));
  }

  @Override
  protected Judged compute(Progress progress) {
    double decibels = PeakSignalToNoise.of(judged, known);
    return new Judged(decibels, StructuralSimilarity.of(judged, known, input.getWidth()));
  }

  @Override
  protected void show(Judged result) {
    ResultsTable table = ResultsTable.getResultsTable();
    table.incrementCounter();
    table.addLabel(input.getTitle());
    table.addValue("PSNR (dB)", result.decibels());
    table.addValue("SSIM", result.similarity());
    table.show("Results");
  }
}
