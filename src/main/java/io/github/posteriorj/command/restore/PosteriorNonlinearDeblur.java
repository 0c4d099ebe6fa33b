package io.github.posteriorj.command.restore;

import io.github.posteriorj.command.ScaledNetwork;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.restoration.IntensityRange;
import java.io.IOException;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Draws sharp images that a network could have blurred into the active image. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Restore>Posterior Nonlinear Deblur...")
public class PosteriorNonlinearDeblur extends RestoreCommand {

  @Parameter(
      label = "Network",
      description =
          "A TorchScript file (.pt) that blurs: images in [-1, 1] in, images of the same size out.",
      persist = false)
  private String network = "neural-blur.pt";

  @Parameter(
      label = "Code",
      description = "The number of the random code of the blur: another code, another blur.",
      persist = false)
  private long code = 1;

  private NetworkOperator opened;

  @Override
  protected ForwardOperator operator() throws IOException {
    opened = ScaledNetwork.open(network, chosenDevice(), code, consent());
    return ScaledNetwork.imageToImage(opened, intensityRange().orElseThrow());
  }

  /** A blur hardly changes the range: unless it is given, it is that of the measurement. */
  @Override
  protected Optional<IntensityRange> intensityRange() {
    return super.intensityRange().or(() -> Optional.of(IntensityRange.of(measurement())));
  }

  @Override
  protected void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
