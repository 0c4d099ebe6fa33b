package io.github.posteriorj.command.restore;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.imagej.MeasuredPsf;
import io.github.posteriorj.imagej.PixelSize;
import io.github.posteriorj.job.ComputedPsf;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.PsfImage;
import io.github.posteriorj.job.PsfShape;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Draws sharp images that a measured or computed PSF and noise could have turned into the active
 * image.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Deblur with PSF...", weight = 2)
    },
    description =
        "Deconvolution with a measured or computed PSF (Airy, Born and Wolf), with"
            + " uncertainty: deblur fluorescence or widefield images.")
public class PosteriorDeblurWithPsf extends RestoreCommand {

  private static final String MEASURED = "image";

  private static final String COMPUTED = "Computed PSF";

  @Parameter(
      label = "Image of the PSF",
      description =
          "An image of the point spread function: of any size up to the image's, its background at"
              + " 0. It is normalised, and centred by its centre of mass.",
      persist = false,
      attrs = @Attr(name = IMAGE, value = NONE))
  private String psf = NONE;

  @Parameter(
      label = "Kind of PSF",
      description =
          "The image of a PSF, or a computed one: a Gaussian, an Airy disk (in focus), or Born and"
              + " Wolf's out of focus.",
      choices = {MEASURED, "Gaussian", "Airy", "Born-Wolf"},
      persist = false)
  private String psf_model = MEASURED;

  @Parameter(
      label = "Sigma of a Gaussian PSF (pixels)",
      description = "For a Gaussian: its standard deviation." + ChannelNumbers.DESCRIPTION,
      min = "0",
      persist = false,
      attrs = {@Attr(name = NUMBERS), @Attr(name = GROUP, value = COMPUTED)})
  private String psf_sigma = "2";

  @Parameter(
      label = "Emission wavelength (nm)",
      description =
          "For Airy and Born-Wolf: of the detected light in vacuum." + ChannelNumbers.DESCRIPTION,
      min = "0",
      persist = false,
      attrs = {@Attr(name = NUMBERS), @Attr(name = GROUP, value = COMPUTED)})
  private String wavelength = "520";

  @Parameter(
      label = "Numerical aperture",
      description = "For Airy and Born-Wolf: the objective's.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = COMPUTED))
  private double numerical_aperture = 1.4;

  @Parameter(
      label = "Refractive index of the immersion",
      description = "For Born-Wolf: of the immersion medium.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = COMPUTED))
  private double refractive_index = 1.515;

  @Parameter(
      label = "Defocus of the sample (\u00b5m)",
      description = "For Born-Wolf: distance of the sample from the plane in focus.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = COMPUTED))
  private double defocus = 0;

  @Parameter(
      label = "Pixel size (\u00b5m, 0: from the image)",
      description = "For Airy and Born-Wolf: 0 takes it from the image's calibration.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = COMPUTED))
  private double pixel_size = 0;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    if (psf_model.equals(MEASURED)) {
      return new PsfImage(measured());
    }
    PsfShape shape = PsfShape.labelled(psf_model);
    if (shape != PsfShape.GAUSSIAN && pixel_size == 0) {
      // The job takes it from the measurement that it is run on: here people learn what is wrong.
      PixelSize.ofSquarePixels(image());
    }
    return new ComputedPsf(
        shape,
        channel.number("psf_sigma", psf_sigma),
        channel.number("wavelength", wavelength),
        numerical_aperture,
        refractive_index,
        defocus,
        pixel_size);
  }

  private NamedPlane measured() {
    return imageOf("psf")
        .map(image -> MeasuredPsf.of(image, "psf", image()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no image of the point spread function. Give one in psf=[...], or"
                        + " choose psf_model=Gaussian, Airy or Born-Wolf."));
  }
}
