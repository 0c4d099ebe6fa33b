package io.github.posteriorj.command.restore;

import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.GaussianBlurring;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws sharp images that a Gaussian blur and noise could have turned into the active image. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Restore>Posterior Deblur...")
public class PosteriorDeblur extends RestoreCommand {

  @Parameter(
      label = "PSF sigma (pixels)",
      description = "Standard deviation of the Gaussian blur, in pixels.",
      min = "0",
      persist = false)
  private double psf_sigma = 2;

  @Override
  protected ForwardModel forwardModel() {
    return new GaussianBlurring(psf_sigma);
  }
}
