package io.github.posteriorj.command.evaluate;

import ij.measure.ResultsTable;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.ImagePlanes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.job.ImageAxes;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.PlaneChoice;
import io.github.posteriorj.metric.FourierRingCorrelation;
import io.github.posteriorj.metric.NormalisedError;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.StructuralSimilarity;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.Measurement;
import java.util.ArrayList;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Adds a line to the Results table for each plane: how alike two images or stacks are. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Evaluate", weight = 3.7),
      @Menu(label = "Compare Images...", weight = 7)
    },
    description =
        "Compares two images or stacks plane by plane: PSNR, SSIM, NRMSE and the resolution by"
            + " Fourier ring correlation, as lines of the Results table.")
public class CompareImages extends BackgroundCommand<List<CompareImages.Compared>> {

  private static final String REFERENCE = "reference";

  @Parameter(
      label = "Image to compare",
      description = "The image or stack to judge.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "Reference",
      description =
          "The image or stack that it is compared with, such as the known truth. Its range is what"
              + " errors are measured by. One plane serves for all planes of a stack.",
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = NONE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String reference = NONE;

  /** How alike a plane and its reference are. */
  protected record Compared(
      Place place, double decibels, double similarity, double error, double resolution) {}

  private ImagePlanes judged;
  private ImagePlanes known;

  @Override
  protected void prepare() {
    judged = ImagePlanes.of(imageOf(InputPlane.IMAGE).orElse(null), false);
    InputPlane.checkIsThere(imageOf(REFERENCE).orElse(null), REFERENCE);
    known = ImagePlanes.of(imageOf(REFERENCE).orElseThrow(), false);
    if (!isOnePlane(known) && !known.axes().equals(judged.axes())) {
      throw new IllegalArgumentException(
          "\"%s\" and \"%s\" have not the same channels, slices and frames. Compare stacks of the same axes, or give one plane as the reference."
              .formatted(judged.title(), known.title()));
    }
  }

  private static boolean isOnePlane(ImagePlanes planes) {
    return planes.axes().equals(ImageAxes.OF_ONE_PLANE);
  }

  @Override
  protected List<Compared> compute(Progress progress) {
    List<Place> places = PlaneChoice.EVERY.of(judged.axes()).places();
    Place only = PlaneChoice.EVERY.of(known.axes()).first();
    List<Compared> all = new ArrayList<>();
    for (Place place : places) {
      Measurement plane = judged.plane(place).measurement();
      Measurement expected = known.plane(isOnePlane(known) ? only : place).measurement();
      if (!plane.shape().equals(expected.shape())) {
        throw new IllegalArgumentException(
            "\"%s\" has %d x %d pixels, but \"%s\" has %d x %d. Compare images of the same size."
                .formatted(
                    judged.title(),
                    plane.width(),
                    plane.height(),
                    known.title(),
                    expected.width(),
                    expected.height()));
      }
      all.add(compared(place, plane.values(), expected.values(), plane.width()));
      progress.advanced("Comparing", all.size(), places.size());
    }
    return all;
  }

  private static Compared compared(Place place, float[] plane, float[] expected, int width) {
    return new Compared(
        place,
        PeakSignalToNoise.of(plane, expected),
        StructuralSimilarity.of(plane, expected, width),
        NormalisedError.of(plane, expected),
        FourierRingCorrelation.of(plane, expected, width).resolution());
  }

  @Override
  protected void show(List<Compared> results) {
    ResultsTable table = ResultsTable.getResultsTable();
    for (Compared result : results) {
      table.incrementCounter();
      table.addLabel(isOnePlane(judged) ? judged.title() : judged.title() + ": " + result.place());
      table.addValue("PSNR (dB)", result.decibels());
      table.addValue("SSIM", result.similarity());
      table.addValue("NRMSE", result.error());
      table.addValue("FRC resolution (pixels)", result.resolution());
    }
    table.show("Results");
  }
}
