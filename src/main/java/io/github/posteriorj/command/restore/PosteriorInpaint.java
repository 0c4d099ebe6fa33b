package io.github.posteriorj.command.restore;

import ij.ImagePlus;
import io.github.posteriorj.command.HiddenPixels;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.HiddenByMask;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws images that agree with the active image where it is to be believed, and fills the rest. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Restore>Posterior Inpaint...")
public class PosteriorInpaint extends RestoreCommand {

  @Parameter(
      label = "Mask",
      description = "For hidden=[mask]: an image of the same size, 0 where pixels are hidden.",
      required = false,
      autoFill = false,
      persist = false)
  private ImagePlus mask;

  @Parameter(
      label = "Hidden pixels",
      description =
          "Which pixels not to believe: those where the mask is 0, those inside the image's"
              + " selection, dead ones (0 or NaN), or saturated ones (the highest value of the"
              + " image's type, or of a 32-bit image).",
      choices = {"mask", "selection", "dead", "saturated"},
      persist = false)
  private String hidden = HiddenPixels.MASK.label();

  @Override
  protected ForwardModel forwardModel() {
    return new HiddenByMask(
        new NamedPlane(
            mask == null ? hidden : mask.getTitle(),
            image().getWidth(),
            image().getHeight(),
            HiddenPixels.labelled(hidden).mask(image(), mask).values()));
  }
}
