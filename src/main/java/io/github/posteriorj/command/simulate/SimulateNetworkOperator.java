package io.github.posteriorj.command.simulate;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.job.NetworkChoice;
import io.github.posteriorj.job.NetworkLoss;
import io.github.posteriorj.job.ScaledNetwork;
import io.github.posteriorj.likelihood.CrossEntropyLikelihood;
import io.github.posteriorj.likelihood.NoiseLikelihood;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Shows the active image to a network: what it returns, with noise, or the labels it would give.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Network Operator...", weight = 11)
    },
    description =
        "Simulates what a neural network (TorchScript) says of an image: output,"
            + " labels or embedding.")
public class SimulateNetworkOperator extends SimulateCommand {

  @Parameter(
      label = "Network (file)",
      description =
          "A TorchScript file (.pt) that takes images with values in [-1, 1], as priors make them.",
      persist = false)
  private String network = "";

  @Parameter(
      label = "Output of the network",
      description =
          "squared error: the output itself, with noise. cross-entropy: labels, drawn with the"
              + " probabilities that the output's logits give. cosine: the output, an embedding.",
      choices = {"squared error", "cross-entropy", "cosine"},
      persist = false)
  private String loss = NetworkLoss.SQUARED_ERROR.label();

  @Parameter(
      label = "Darkest intensity (equal to the brightest: -1 and 1)",
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
            .open(
                new InstalledResources(new Consent(trust)),
                ComputeDevice.CPU,
                seed(),
                sharp().shape())
            .operator();
    IntensityRange range = range(intensity_low, intensity_high).orElseGet(ScaledNetwork::ownRange);
    return Composition.of(ScaledNetwork.before(range), opened);
  }

  @Override
  protected Optional<NoiseLikelihood> noiseLikelihood(Shape measured) {
    return NetworkLoss.labelled(loss) == NetworkLoss.CROSS_ENTROPY
        ? Optional.of(new CrossEntropyLikelihood(Math.toIntExact(measured.get(0))))
        : super.noiseLikelihood(measured);
  }

  @Override
  protected RandomAccessibleInterval<FloatType> plane(float[] values, Shape shape) {
    if (NetworkLoss.labelled(loss) != NetworkLoss.CROSS_ENTROPY) {
      return super.plane(values, shape);
    }
    float[] labels = new CrossEntropyLikelihood(Math.toIntExact(shape.get(0))).labels(values);
    return shape.dimension() == 3
        ? Planes.of(labels, shape.get(2), shape.get(1))
        : Planes.of(labels, labels.length, 1);
  }

  @Override
  protected void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
