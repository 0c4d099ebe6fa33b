package io.github.posteriorj.command.simulate;

import io.github.posteriorj.command.PsfUnit;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Blurs the active image by a Gaussian and adds noise. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Gaussian Blur...", weight = 1)
    },
    description =
        "Simulates a blurred, noisy measurement of a sharp image: Gaussian PSF"
            + " (convolution), with known truth.")
public class SimulateGaussianBlur extends SimulateCommand {

  @Parameter(
      label = "PSF sigma",
      description =
          "Standard deviation of the Gaussian point spread function (PSF) that blurs the image.",
      min = "0",
      style = DECIMALS,
      persist = false)
  private double psf_sigma = 2;

  @Parameter(
      label = "Unit of the PSF's sigma",
      description = PsfUnit.DESCRIPTION,
      choices = {PsfUnit.PIXELS_LABEL, PsfUnit.CALIBRATED_LABEL},
      persist = false)
  private String psf_unit = PsfUnit.PIXELS_LABEL;

  @Override
  protected ForwardOperator operator() {
    return new GaussianBlur(PsfUnit.labelled(psf_unit).pixels(psf_sigma, image()));
  }
}
