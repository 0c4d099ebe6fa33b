package io.github.posteriorj.command.simulate;

import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.job.NetworkChoice;
import io.github.posteriorj.job.ScaledNetwork;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Blurs the active image by a network, and adds noise. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Nonlinear Blur...", weight = 9)
    },
    description = "Simulates a blur by a neural network (TorchScript), with noise.")
public class SimulateNonlinearBlur extends SimulateCommand {

  @Parameter(
      label = "Network that blurs (file)",
      description =
          "A TorchScript file (.pt) that blurs: images in [-1, 1] in, images of the same size out.",
      persist = false)
  private String network = "neural-blur.pt";

  @Parameter(
      label = "Code of the blur",
      description = "The number of the random code of the blur: another code, another blur.",
      persist = false)
  private long code = 1;

  @Parameter(
      label = "Darkest intensity (equal to the brightest: the image's)",
      description = "The intensity that the network sees as -1.",
      style = DECIMALS,
      persist = false)
  private double intensity_low = 0;

  @Parameter(
      label = "Brightest intensity",
      description = "The intensity that the network sees as 1.",
      style = DECIMALS,
      persist = false)
  private double intensity_high = 0;

  @Parameter(label = Consent.LABEL, description = Consent.DESCRIPTION, persist = false)
  private boolean trust = false;

  private NetworkOperator opened;

  @Override
  protected ForwardOperator operator() throws IOException {
    opened =
        NetworkChoice.named(network)
            .open(new InstalledResources(new Consent(trust)), ComputeDevice.CPU, code)
            .operator();
    IntensityRange range =
        range(intensity_low, intensity_high).orElseGet(() -> IntensityRange.of(sharp()));
    double strength = illumination().map(ScaledNetwork::strength).orElse(1.0);
    return ScaledNetwork.blur(opened, range.mapped(strength, 0));
  }

  @Override
  protected void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
