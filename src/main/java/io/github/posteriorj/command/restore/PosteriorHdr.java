package io.github.posteriorj.command.restore;

import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.Saturation;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Saturating;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Draws images of a wider range that a saturating camera could have turned into the active image.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore", weight = 1),
      @Menu(label = "Posterior HDR...", weight = 7)
    },
    description =
        "High dynamic range (HDR) with uncertainty: draws what a saturated, clipped"
            + " camera image could have been.")
public class PosteriorHdr extends RestoreCommand {

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
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.INSTRUMENT))
  private double clip_low = 0;

  @Parameter(
      label = "Brighter pixels are clipped to (equal to the darker: the image's)",
      description =
          "What brighter pixels are measured as. Equal to the lower level: the highest value of the"
              + " image's type (255, 65535), which some pixel must have, or of a 32-bit image.",
      style = DECIMALS,
      persist = false)
  private double clip_high = 0;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return new Saturating(
        amplification,
        clip_low,
        clip_low == clip_high
            ? Saturation.of(onlyPlane("The clipped intensity, clip_high,"), "clip_high").level()
            : clip_high);
  }
}
