package io.github.posteriorj.command.simulate;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Blurs the active image by a Gaussian and adds noise. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Simulate>Simulate Gaussian Blur...")
public class SimulateGaussianBlur extends SimulateCommand {

  @Parameter(
      label = "PSF sigma (pixels)",
      description = "Standard deviation of the Gaussian blur, in pixels.",
      min = "0",
      persist = false)
  private double psf_sigma = 2;

  @Override
  protected ForwardOperator operator() {
    return new GaussianBlur(psf_sigma);
  }
}
