package io.github.posteriorj.command.restore;

import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Magnitudes;
import io.github.posteriorj.operator.FourierMagnitude;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws images whose Fourier transform has the magnitudes of the active image. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior Phase Retrieval...", weight = 8)
    },
    description =
        "Phase retrieval with uncertainty: draws images whose Fourier transform has"
            + " the measured magnitude (diffraction imaging).")
public class PosteriorPhaseRetrieval extends RestoreCommand {

  @Parameter(
      label = "Padding (share of the image)",
      description =
          "Zeros on each side as a share of the image: 0.25 is the oversampling of 2 of DPS.",
      min = "0",
      max = "4",
      style = DECIMALS,
      persist = false)
  private double padding = FourierMagnitude.QUARTER;

  @Parameter(
      label = "Restarts (chains for each one that is kept)",
      description =
          "Chains that are run for each one that is kept, the best by their likelihood: most end at"
              + " poor images. The image turned by 180 degrees (its twin) and shifted images have"
              + " the same magnitudes: samples may differ in that, so look at them one by one.",
      min = "1",
      persist = false)
  private int restarts = 4;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return new Magnitudes(padding);
  }

  @Override
  protected int restarts() {
    return restarts;
  }
}
