package io.github.posteriorj.command.prior;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.CardWindow;
import io.github.posteriorj.imagej.ContactSheet;
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
 * Tells which priors there are, and all about one: what it is good for, pictures of samples,
 * licence, where it lies, network, hash, data, credits and metrics. The page is shown in a window,
 * and printed to the log when ImageJ has none.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Prior", weight = 3),
      @Menu(label = "Prior Info...", weight = 1)
    },
    description =
        "Tells about the installed priors: what they are good for, with pictures of"
            + " samples, licence, training data and metrics.")
public class PriorInfo extends BackgroundCommand<PriorInfo.Found> {

  /** What is shown in the end. */
  protected record Found(PriorPage page, Optional<ImagePlus> samples) {}

  /** The side of a sample, unless the prior makes larger images only. */
  private static final int SAMPLE_SIZE = 64;

  @Parameter(
      label = "Prior",
      description = "The name of an installed prior, or a path.",
      persist = false,
      attrs = @Attr(name = CHOICES, value = PRIORS))
  private String prior = "microscopy-64";

  @Parameter(
      label = "Images to draw (0: none)",
      description = "How many images to draw from the prior and show beside its card.",
      min = "0",
      persist = false)
  private int samples = 8;

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
  protected Found compute(Progress progress) throws IOException {
    InstalledPrior installed = Installation.prior(prior);
    PriorPage page = PriorPage.of(installed);
    if (samples == 0) {
      return new Found(page, Optional.empty());
    }
    Generator generator = Generator.CONSISTENCY_MODEL;
    try (GenerativeModel model =
        new PriorChoice(prior, Optional.empty(), generator, 1)
            .open(new InstalledResources(new Consent(trust)), ComputeDevice.select(device))) {
      int size = Math.max(SAMPLE_SIZE, model.constants().minimumSize());
      PriorImages.Draw draw = new PriorImages.Draw(samples, size, size, generator, 1, 1);
      return new Found(
          page,
          Optional.of(
              PriorImages.draw(
                  model, installed.folder().getFileName() + "-samples", draw, progress)));
    }
  }

  @Override
  protected void show(Found found) {
    found.samples().ifPresent(ResultImages::show);
    if (IJ.getInstance() == null) {
      IJ.log(found.page().text());
    } else {
      CardWindow.show("Prior " + prior, found.page().html(), found.samples().map(ContactSheet::of));
    }
  }
}
