package io.github.posteriorj.command.restore;

import io.github.posteriorj.command.Section;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Magnitudes;
import io.github.posteriorj.operator.FourierMagnitude;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import io.github.posteriorj.solver.Solver;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
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

  private static final int USUAL_RESTARTS = 4;

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
          "Takes chains to sigma_max, and runs as many for each one that is kept, the best by their"
              + " likelihood: most end at poor images. Left out: 4 there, and at a level none. The"
              + " image turned by 180 degrees (its twin) and shifted images have the same"
              + " magnitudes: samples may differ in that, so look at them one by one.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer restarts;

  @Override
  protected ForwardModel forwardModel(ChannelNumbers channel) {
    return new Magnitudes(padding);
  }

  @Override
  protected Solver suited(Solver solver) {
    return restarts == null
            && solver instanceof NoiseSpaceLangevin chains
            && chains.restarts() == NoiseSpaceLangevin.standard().restarts()
        ? chains.withRestarts(USUAL_RESTARTS)
        : solver;
  }

  @Override
  protected Map<String, Object> valuesOfUnset() throws IOException {
    Map<String, Object> values = new HashMap<>(super.valuesOfUnset());
    values.put("restarts", USUAL_RESTARTS);
    return values;
  }
}
