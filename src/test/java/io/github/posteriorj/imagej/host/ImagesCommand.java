package io.github.posteriorj.imagej.host;

import ij.ImagePlus;
import java.util.Arrays;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.command.DynamicCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A command with several images, and a number that changes with another one. */
@Plugin(type = Command.class, menuPath = EverythingCommand.MENU + ">" + ImagesCommand.LABEL)
public class ImagesCommand extends DynamicCommand {

  static final String LABEL = "Images...";

  private static volatile List<String> given;

  @Parameter(label = "Image", persist = false)
  private ImagePlus image;

  @Parameter(label = "Reference", required = false, persist = false)
  private ImagePlus reference;

  @Parameter(label = "PSF", required = false, autoFill = false, persist = false)
  private ImagePlus psf;

  @Parameter(label = "Radius", callback = "radiusChanged", persist = false)
  private double radius = 1;

  @Parameter(label = "Diameter", persist = false)
  private double diameter = 2;

  static void forget() {
    given = null;
  }

  static List<String> given() {
    return given;
  }

  @SuppressWarnings("unused") // SciJava calls it by name.
  private void radiusChanged() {
    diameter = 2 * radius;
  }

  @Override
  public void run() {
    given =
        Arrays.asList(
            InputText.format(image),
            InputText.format(reference),
            InputText.format(psf),
            InputText.format(diameter));
  }
}
