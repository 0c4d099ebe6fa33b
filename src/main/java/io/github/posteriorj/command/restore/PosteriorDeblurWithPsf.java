package io.github.posteriorj.command.restore;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.imagej.MeasuredPsf;
import io.github.posteriorj.imagej.PixelSize;
import io.github.posteriorj.job.ComputedPsf;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.PsfImage;
import io.github.posteriorj.job.PsfShape;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
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

  private static final String OF_LIGHT = "psf_model=Airy|Born-Wolf";

  private static final String OUT_OF_FOCUS = "psf_model=Born-Wolf";

  @Parameter(
      label = "Image of the PSF (none: computed)",
      description =
          "An image of the point spread function: of any size up to the image's, its background at"
              + " 0. It is normalised, and centred by its centre of mass. None: the PSF is computed"
              + " from the wavelength and the numerical aperture.",
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = NONE),
        @Attr(name = COUNTS_WITH, value = "psf_model=" + MEASURED)
      })
  private String psf = NONE;

  @Parameter(
      label = "Emission wavelength (nm)",
      description =
          "For a computed PSF, Airy and Born-Wolf: of the detected light in vacuum."
              + ChannelNumbers.DESCRIPTION,
      min = "0",
      persist = false,
      attrs = {@Attr(name = NUMBERS), @Attr(name = COUNTS_WITH, value = OF_LIGHT)})
  private String wavelength = "520";

  @Parameter(
      label = "Numerical aperture",
      description = "For a computed PSF, Airy and Born-Wolf: the objective's.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = OF_LIGHT))
  private double numerical_aperture = 1.4;

  @Parameter(
      label = "Kind of PSF",
      description =
          "The image of a PSF, or a computed one: a Gaussian, an Airy disk (in focus), or Born and"
              + " Wolf's out of focus. Left out: image where one is given, else Airy.",
      choices = {MEASURED, "Gaussian", "Airy", "Born-Wolf"},
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = COMPUTED))
  private String psf_model;

  @Parameter(
      label = "Sigma of a Gaussian PSF (pixels)",
      description = "For a Gaussian: its standard deviation." + ChannelNumbers.DESCRIPTION,
      min = "0",
      persist = false,
      attrs = {
        @Attr(name = NUMBERS),
        @Attr(name = GROUP, value = COMPUTED),
        @Attr(name = COUNTS_WITH, value = "psf_model=Gaussian")
      })
  private String psf_sigma = "2";

  @Parameter(
      label = "Refractive index of the immersion",
      description = "For Born-Wolf: of the immersion medium.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = COMPUTED),
        @Attr(name = COUNTS_WITH, value = OUT_OF_FOCUS)
      })
  private double refractive_index = 1.515;

  @Parameter(
      label = "Defocus of the sample (\u00b5m)",
      description = "For Born-Wolf: distance of the sample from the plane in focus.",
      style = DECIMALS,
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = COMPUTED),
        @Attr(name = COUNTS_WITH, value = OUT_OF_FOCUS)
      })
  private double defocus = 0;

  @Parameter(
      label = "Pixel size (\u00b5m, 0: from the image)",
      description = "For Airy and Born-Wolf: 0 takes it from the image's calibration.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = {@Attr(name = GROUP, value = COMPUTED), @Attr(name = COUNTS_WITH, value = OF_LIGHT)})
  private double pixel_size = 0;

  @Override
  protected Map<String, Object> valuesOfUnset() throws IOException {
    Map<String, Object> values = new HashMap<>(super.valuesOfUnset());
    values.put("psf_model", psfModel());
    return values;
  }

  private String psfModel() {
    if (psf_model != null) {
      return psf_model;
    }
    return imageOf("psf").isPresent() ? MEASURED : PsfShape.AIRY.label();
  }

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    if (psfModel().equals(MEASURED)) {
      return new PsfImage(measured());
    }
    PsfShape shape = PsfShape.labelled(psfModel());
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
                        + " choose psf_model=Airy, Born-Wolf or Gaussian."));
  }
}
