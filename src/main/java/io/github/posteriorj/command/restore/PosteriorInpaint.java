package io.github.posteriorj.command.restore;

import ai.djl.ndarray.types.Shape;
import ij.ImagePlus;
import io.github.posteriorj.command.HiddenPixels;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.restoration.Measurement;
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

  private PixelMask visible;

  @Override
  protected Measurement read(ImagePlus image) {
    float[] pixels = Planes.pixels(InputPlane.readAsItIs(image, InputPlane.IMAGE));
    visible = HiddenPixels.labelled(hidden).mask(image, mask);
    float[] seen = visible.values();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = seen[i] > 0 ? pixels[i] : Float.NaN;
    }
    return new Measurement(pixels, new Shape(1, image.getHeight(), image.getWidth()));
  }

  @Override
  protected ForwardOperator operator() {
    return visible;
  }
}
