package io.github.posteriorj.command.prior;

import ij.IJ;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.library.NetworkDescription;
import io.github.posteriorj.library.PriorImport;
import io.github.posteriorj.library.PriorInstaller;
import io.github.posteriorj.library.TrustedNetworks;
import io.github.posteriorj.prior.PriorConstants;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Makes a prior of a TorchScript network, or takes in a prior's folder or a zip file of one, after
 * its contract has been checked. It goes to the user's own priors.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Prior", weight = 3),
      @Menu(label = "Import Prior...", weight = 4)
    },
    description =
        "Imports a prior: a TorchScript consistency model, a prior's folder or a zip"
            + " file of one.")
public class ImportPrior extends BackgroundCommand<Path> {

  private static final String CONSTANTS = "For a TorchScript file without a card";

  @Parameter(
      label = "File or folder",
      description =
          "A TorchScript network (.pt), a prior's folder or the rdf.yaml in it, or a zip file of a"
              + " prior's folder. It can be dropped here.",
      persist = false)
  private File path = new File("");

  @Parameter(
      label = "Name of the prior (empty: that of the file)",
      description = "What the prior is to be called in other commands.",
      persist = false)
  private String name = "";

  @Parameter(
      label = "I trust where it comes from",
      description =
          "A network is a program. One of unknown origin runs only with your consent: in a dialog"
              + " you are asked; a macro needs trust=true.",
      persist = false)
  private boolean trust = false;

  @Parameter(
      label = "Replace an older prior of that name",
      description = "Otherwise a name that is taken is refused.",
      persist = false)
  private boolean replace = false;

  @Parameter(
      label = "Lowest noise level (sigma_min)",
      description = "The network returns an image with this noise unchanged.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private double sigma_min = 0.002;

  @Parameter(
      label = "Highest noise level (sigma_max)",
      description = "Noise of this standard deviation is where generation begins.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private double sigma_max = 80;

  @Parameter(
      label = "Training data's deviation (sigma_data)",
      description = "Standard deviation of the values of the training images.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private double sigma_data = 0.5;

  @Parameter(
      label = "Channels of images",
      description = "Of the images: 1 for gray, 3 for RGB.",
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private int channels = 1;

  @Parameter(
      label = "Value of black (range_low)",
      description = "The network's value for black.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private double range_low = -1;

  @Parameter(
      label = "Value of white (range_high)",
      description = "The network's value for white.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private double range_high = 1;

  @Parameter(
      label = "Size multiple (pixels)",
      description = "The network takes widths and heights that are multiples of this.",
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private int size_multiple = 8;

  @Parameter(
      label = "Minimum size (pixels)",
      description = "The smallest width and height of images.",
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private int minimum_size = 16;

  @Parameter(
      label = "Memory (bytes per pixel)",
      description =
          "What the network and its gradient take for each pixel, for the warning before a run that"
              + " needs too much.",
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private int bytes_per_pixel = 4400;

  @Parameter(
      label = "Description for the card",
      description = "What the prior makes and where it comes from, for its card.",
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private String description = "";

  @Parameter(
      label = "Licence of the network",
      description = "The network's licence, for the card, such as MIT.",
      persist = false,
      attrs = @Attr(name = GROUP, value = CONSTANTS))
  private String licence = "unknown";

  @Parameter(
      label = "Device that networks run on",
      description = "What to try the network on: auto, cpu, gpu, or gpu1, gpu2 ...",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private String device = "auto";

  @Override
  protected void prepare() {
    if (path == null || path.getPath().isBlank()) {
      throw new IllegalArgumentException(
          "Choose what to import: a TorchScript network (.pt), a prior's folder, or a zip file of"
              + " one. In a macro: path=[...].");
    }
  }

  @Override
  protected Path compute(Progress progress) throws IOException {
    ComputeDevice chosen = ComputeDevice.select(device);
    TrustedNetworks trusted = Installation.trustedNetworks();
    PriorInstaller installer =
        new PriorInstaller(
            Installation.userModels(), Installation.bundledModels().stream().toList());
    String title = name.isBlank() ? path.getName().replaceFirst("\\.[A-Za-z]+$", "") : name;
    NetworkDescription described =
        new NetworkDescription(
            title,
            description.isBlank() ? "Imported from " + path.getName() + "." : description,
            licence,
            sigma_data,
            new PriorConstants(
                sigma_min,
                sigma_max,
                range_low,
                range_high,
                channels,
                size_multiple,
                minimum_size,
                bytes_per_pixel,
                OptionalDouble.empty(),
                OptionalInt.empty()));
    Consent asked = new Consent(trust);
    NetworkConsent consent =
        (network, source) -> {
          asked.ask(network, source);
          // The prior is to be used without another question.
          trusted.add(network, source.getFileName().toString());
        };
    return new PriorImport(installer, chosen, consent)
        .run(
            path.toPath().toAbsolutePath(),
            Optional.of(name).filter(text -> !text.isBlank()),
            replace,
            described,
            progress);
  }

  @Override
  protected void show(Path folder) {
    IJ.showStatus("Imported. Use it as prior=" + folder.getFileName());
    IJ.log("Imported the prior \"" + folder.getFileName() + "\" to " + folder);
  }
}
