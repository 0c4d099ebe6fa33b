package io.github.posteriorj.command.simulate;

import ij.measure.Calibration;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.FourierMagnitude;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Takes the magnitude of the active image's Fourier transform, without the phase, and adds noise.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Fourier Magnitude...", weight = 8)
    },
    description =
        "Simulates a diffraction pattern: the magnitude of the Fourier transform," + " with noise.")
public class SimulateFourierMagnitude extends SimulateCommand {

  @Parameter(
      label = "Padding (share of the image)",
      description =
          "Zeros on each side as a share of the image: 0.25 is the oversampling of 2 of DPS.",
      min = "0",
      max = "4",
      style = DECIMALS,
      persist = false)
  private double padding = FourierMagnitude.QUARTER;

  @Override
  protected ForwardOperator operator() {
    return new FourierMagnitude(padding);
  }

  /** Its pixels are frequencies. */
  @Override
  protected Calibration calibration(RandomAccessibleInterval<FloatType> measurement) {
    return new Calibration();
  }
}
