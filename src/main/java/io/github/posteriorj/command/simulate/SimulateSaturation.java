package io.github.posteriorj.command.simulate;

import io.github.posteriorj.imagej.Saturation;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.ForwardOperator;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Amplifies and clips the active image, and adds noise. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Saturation...", weight = 7)
    },
    description = "Simulates a saturating camera: amplifies and clips, with noise.")
public class SimulateSaturation extends SimulateCommand {

  @Parameter(
      label = "Amplification",
      description = "Factor of all intensities before the camera clips them.",
      min = "0",
      style = DECIMALS,
      persist = false)
  private double amplification = 2;

  @Parameter(
      label = "Intensity that darker pixels are clipped to",
      description = "What darker pixels are measured as.",
      style = DECIMALS,
      persist = false)
  private double clip_low = 0;

  @Parameter(
      label = "Brighter pixels are clipped to (equal to the darker: the image's)",
      description =
          "What brighter pixels are measured as. Equal to the lower level: the highest value of the"
              + " image's type (255, 65535), or of a 32-bit image.",
      style = DECIMALS,
      persist = false)
  private double clip_high = 0;

  @Override
  protected ForwardOperator operator() {
    double high = clip_low == clip_high ? Saturation.levelOf(image()) : clip_high;
    return new ClippedGain(amplification, clip_low, high);
  }
}
