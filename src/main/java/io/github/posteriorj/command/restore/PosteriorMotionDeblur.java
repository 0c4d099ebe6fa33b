package io.github.posteriorj.command.restore;

import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.MeasuredPsf;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.PsfImage;
import io.github.posteriorj.job.StraightMotion;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws sharp images that a motion of the camera could have turned into the active image. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Motion Deblur...", weight = 5)
    },
    description =
        "Removes motion blur, with uncertainty: deconvolution with a straight or"
            + " measured path of a camera's or stage's motion.")
public class PosteriorMotionDeblur extends RestoreCommand {

  @Parameter(
      label = "Image of the motion's path",
      description =
          "An image of the motion's path, such as Simulate Motion Blur returns; none for a straight"
              + " line.",
      persist = false,
      attrs = {@Attr(name = IMAGE, value = NONE), @Attr(name = GROUP, value = Section.INSTRUMENT)})
  private String kernel = NONE;

  @Parameter(
      label = "Length of a straight motion (pixels)",
      description = "Length of the motion along a straight line, where no kernel is given.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "kernel=none"))
  private double length = 9;

  @Parameter(
      label = "Angle of a straight motion (degrees)",
      description = "Between the line and the rows, counter-clockwise.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "kernel=none"))
  private double angle = 0;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return imageOf("kernel")
        .<ForwardModel>map(path -> new PsfImage(MeasuredPsf.ofMotion(path, "kernel", image())))
        .orElseGet(() -> new StraightMotion(length, angle));
  }
}
