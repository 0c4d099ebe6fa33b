package io.github.posteriorj.command.restore;

import io.github.posteriorj.command.PsfUnit;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.GaussianBlurring;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws sharp images that a Gaussian blur and noise could have turned into the active image. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Deblur...", weight = 1)
    },
    description =
        "Deconvolution with uncertainty: draws sharp images that a Gaussian blur"
            + " (PSF) and noise could have turned into this one. Deblur, deconvolve,"
            + " sharpen, denoise.")
public class PosteriorDeblur extends RestoreCommand {

  @Parameter(
      label = "PSF sigma",
      description =
          "Standard deviation of the Gaussian point spread function (PSF) that blurs the image."
              + ChannelNumbers.DESCRIPTION,
      min = "0",
      persist = false,
      attrs = @Attr(name = NUMBERS))
  private String psf_sigma = "2";

  @Parameter(
      label = "Unit of the PSF's sigma",
      description = PsfUnit.DESCRIPTION,
      choices = {PsfUnit.PIXELS_LABEL, PsfUnit.CALIBRATED_LABEL},
      persist = false)
  private String psf_unit = PsfUnit.PIXELS_LABEL;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return new GaussianBlurring(
        PsfUnit.labelled(psf_unit).pixels(channel.number("psf_sigma", psf_sigma), image()));
  }
}
