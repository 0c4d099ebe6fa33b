package io.github.posteriorj.command.prior;

import ij.ImagePlus;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.command.prior.PriorImages.Draw;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.job.Generator;
import io.github.posteriorj.job.PriorChoice;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Draws images from a prior: what it believes before it has seen any measurement. The result is
 * titled {@code <prior>-samples}; its values are the model's.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Prior", weight = 3),
      @Menu(label = "Sample Prior...", weight = 2)
    },
    description =
        "Draws images from a prior alone (generative model, consistency model): what"
            + " it believes before it sees data.")
public class SamplePrior extends BackgroundCommand<ImagePlus> {

  @Parameter(
      label = "Prior",
      description = "The name of an installed prior, or a path.",
      persist = false,
      attrs = @Attr(name = CHOICES, value = PRIORS))
  private String prior = "microscopy-64";

  @Parameter(
      label = "Images to draw",
      description = "How many images to draw.",
      min = "1",
      persist = false)
  private int samples = 16;

  @Parameter(
      label = "Width of each image (pixels)",
      description = "Of each image.",
      min = "1",
      persist = false)
  private int width = 128;

  @Parameter(
      label = "Height of each image (pixels)",
      description = "Of each image.",
      min = "1",
      persist = false)
  private int height = 128;

  @Parameter(
      label = "Seed of random numbers",
      description = "The same seed gives the same images again.",
      persist = false)
  private long seed = 1;

  @Parameter(
      label = "Generator of the prior's images",
      description = Generator.DESCRIPTION,
      choices = {Generator.CONSISTENCY, Generator.FLOW},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private String generator = Generator.CONSISTENCY_MODEL.label();

  @Parameter(
      label = "Generation steps of the prior",
      description = Generator.STEPS_DESCRIPTION,
      min = "1",
      max = "40",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private int generation_steps = 1;

  @Parameter(
      label = Consent.LABEL,
      description = Consent.DESCRIPTION,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private boolean trust = false;

  @Parameter(
      label = "Device that networks run on",
      description = "auto, cpu, gpu, or gpu1, gpu2 ... for one of several graphics cards.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private String device = "auto";

  @Override
  protected ImagePlus compute(Progress progress) throws IOException {
    ComputeDevice chosen = ComputeDevice.select(device);
    InstalledPrior installed = Installation.prior(prior);
    Generator chosenGenerator = Generator.labelled(generator);
    try (GenerativeModel model =
        new PriorChoice(prior, Optional.empty(), chosenGenerator, generation_steps)
            .open(new InstalledResources(new Consent(trust)), chosen)) {
      return PriorImages.draw(
          model,
          installed.folder().getFileName() + "-samples",
          new Draw(samples, width, height, chosenGenerator, generation_steps, seed),
          progress);
    }
  }

  @Override
  protected void show(ImagePlus result) {
    ResultImages.show(result);
  }
}
