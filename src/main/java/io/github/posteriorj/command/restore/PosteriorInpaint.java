package io.github.posteriorj.command.restore;

import ij.ImagePlus;
import io.github.posteriorj.command.HiddenPixels;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.HiddenByMask;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws images that agree with the active image where it is to be believed, and fills the rest. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Inpaint...", weight = 6)
    },
    description =
        "Inpainting with uncertainty: fills masked, dead, saturated or selected"
            + " pixels with what the rest of the image allows.")
public class PosteriorInpaint extends RestoreCommand {

  @Parameter(
      label = "Mask image",
      description =
          "For hidden=[mask]: an image of the same size, 0 or NaN where pixels are hidden.",
      persist = false,
      attrs = {@Attr(name = IMAGE, value = NONE), @Attr(name = COUNTS_WITH, value = "hidden=mask")})
  private String mask = NONE;

  @Parameter(
      label = "Hidden pixels are given by",
      description =
          "Which pixels not to believe: those where the mask is 0 or NaN, those inside the image's"
              + " selection, dead ones (0, NaN or infinite), or saturated ones.",
      choices = {"mask", "selection", "dead", "saturated"},
      persist = false)
  private String hidden = HiddenPixels.MASK.label();

  @Parameter(
      label = "Saturation level (0: of the image's type)",
      description =
          "For hidden=saturated: the intensity from which pixels are saturated, such as 4095 of a"
              + " camera of 12 bits. 0: the highest value that the image's type holds (255, 65535),"
              + " or that a 32-bit image has.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "hidden=saturated"))
  private double saturation_level = 0;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    Optional<ImagePlus> given = imageOf("mask");
    HiddenPixels from = HiddenPixels.labelled(hidden);
    ImagePlus plane =
        from.areOfEachPlane() ? onlyPlane("What is hidden, hidden=%s,".formatted(hidden)) : image();
    return new HiddenByMask(
        new NamedPlane(
            given.map(ImagePlus::getTitle).orElse(hidden),
            plane.getWidth(),
            plane.getHeight(),
            from.mask(plane, given.orElse(null), saturation_level).values()));
  }
}
