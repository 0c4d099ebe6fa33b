package io.github.posteriorj.command.evaluate;

import ij.ImagePlus;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.ensemble.PrincipalComponents;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.text.Info;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Shows the directions in which samples differ most: a hyperstack titled {@code
 * <title>-components}, whose slices go from the mean less two standard deviations to the mean plus
 * two, and whose frames are the components.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Evaluate", weight = 3.7),
      @Menu(label = "Posterior Components...", weight = 3)
    },
    description =
        "Principal components of samples: the few directions in which they differ most, as a stack"
            + " to scroll through, with their share of the variance.")
public class PosteriorComponents extends SamplesCommand<ImagePlus> {

  private static final double REACH = 2;

  @Parameter(
      label = "Components",
      description = "How many of them; there is one less than samples at most.",
      min = "1",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.RESULTS))
  private int components = 3;

  @Parameter(
      label = "Slices from -2 to 2 standard deviations",
      description =
          "How many slices lead from the mean less two standard deviations to the mean plus two; an"
              + " odd number shows the mean itself.",
      min = "2",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.RESULTS))
  private int component_slices = 9;

  @Override
  protected ImagePlus compute(Progress progress) {
    PrincipalComponents found =
        PrincipalComponents.of(samples().pixels(samples().shown()), components, progress);
    List<float[]> planes = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    Info info = info();
    String plane = samples().name(samples().shown());
    if (!plane.isEmpty()) {
      info.add("Plane", plane);
    }
    for (int component = 0; component < found.deviations().size(); component++) {
      String share =
          String.format(
              Locale.ROOT,
              "component %d (%.1f %% of the variance)",
              component + 1,
              100 * found.shares()[component]);
      info.add("Slices of frame " + (component + 1), share);
      for (int slice = 0; slice < component_slices; slice++) {
        double place = REACH * (2.0 * slice / (component_slices - 1) - 1);
        planes.add(found.image(component, place));
        labels.add(String.format(Locale.ROOT, "%s, %+.2f sd", share, place));
      }
    }
    ImagePlus result = samples().stack("-components", planes, info.toString());
    for (int i = 0; i < labels.size(); i++) {
      result.getStack().setSliceLabel(labels.get(i), i + 1);
    }
    result.setDimensions(1, component_slices, found.deviations().size());
    result.setOpenAsHyperStack(true);
    ImagePlus shown = samples().image();
    return ResultImages.withDisplay(
        result, LookUpTables.gray(), shown.getDisplayRangeMin(), shown.getDisplayRangeMax());
  }

  @Override
  protected void show(ImagePlus result) {
    ResultImages.show(result);
  }
}
