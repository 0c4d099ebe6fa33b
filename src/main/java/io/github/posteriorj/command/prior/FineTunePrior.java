package io.github.posteriorj.command.prior;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.LossPlot;
import io.github.posteriorj.imagej.SharpImages;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.PriorCard;
import io.github.posteriorj.library.PriorInstaller;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.TrainableNetwork;
import io.github.posteriorj.training.FineTunedPrior;
import io.github.posteriorj.training.FineTuning;
import io.github.posteriorj.training.FineTuningResult;
import io.github.posteriorj.training.FineTuningSettings;
import io.github.posteriorj.training.TrainingImage;
import io.github.posteriorj.training.TrainingSet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Teaches a prior the user's own kind of images: continues its training on the active image, or on
 * a folder of sharp images. The result is a new prior among the user's own, and a plot {@code
 * <name>-loss}. Cancelling keeps the best network so far.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Prior", weight = 3),
      @Menu(label = "Fine-Tune Prior...", weight = 3)
    },
    description =
        "Fine-tunes a prior: trains the generative model on your own kind of sharp" + " images.")
public class FineTunePrior extends BackgroundCommand<FineTuningResult> {

  private static final String TRAINING = "Training";

  @Parameter(
      label = "Sharp image or stack",
      description = "A sharp image or a stack of them; not used when a folder is given.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "Folder of sharp images (empty: the image)",
      description = "A folder of sharp images, TIFF or PNG files. It can be dropped here.",
      style = "directory",
      persist = false)
  private File folder = new File("");

  @Parameter(
      label = "Prior to begin with",
      description = "A prior's name, or a path to one.",
      persist = false,
      attrs = @Attr(name = CHOICES, value = PRIORS))
  private String prior = "microscopy-64";

  @Parameter(
      label = "Name of the new prior",
      description = "What it is called in other commands.",
      persist = false)
  private String name = "my-prior";

  @Parameter(
      label = "Replace an older prior of that name",
      description = "Otherwise a name that is taken is refused.",
      persist = false)
  private boolean replace = false;

  @Parameter(
      label = "Steps of training",
      description = "Of training. Some hundreds take some minutes.",
      min = "1",
      persist = false)
  private int steps = 500;

  @Parameter(
      label = "Batch (patches a step)",
      description = "Patches a step.",
      min = "1",
      persist = false,
      attrs = @Attr(name = GROUP, value = TRAINING))
  private int batch = 32;

  @Parameter(
      label = "Patch size (pixels)",
      description = "The side of the square patches, a multiple of the prior's size multiple.",
      min = "1",
      persist = false,
      attrs = @Attr(name = GROUP, value = TRAINING))
  private int patch_size = 32;

  @Parameter(
      label = "Learning rate",
      description = "Adam's step size. Smaller is safer and slower.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = TRAINING))
  private double learning_rate = 3e-4;

  @Parameter(
      label = "Gap exponent",
      description = "Each unit halves the distance of the noise levels that are compared.",
      min = "1",
      max = "8",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = TRAINING))
  private double gap = 3;

  @Parameter(
      label = "Validate every ... steps",
      description = "The weights that validate best are kept.",
      min = "1",
      persist = false,
      attrs = @Attr(name = GROUP, value = TRAINING))
  private int validate_every = 50;

  @Parameter(
      label = "Seed of random numbers",
      description = "Of patches and noise.",
      persist = false,
      attrs = @Attr(name = GROUP, value = TRAINING))
  private long seed = 1;

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

  private ImagePlus input;
  private FineTuningSettings settings;
  private PriorInstaller installer;
  private LossPlot plot;
  private InstalledPrior parent;
  private List<TrainingImage> images;

  /** Set by the computation, read when it was cancelled. */
  private volatile TrainingSet trainingSet;

  private volatile FineTuning tuning;

  /** A folder will do. */
  @Override
  protected boolean needsImage() {
    return false;
  }

  @Override
  protected void prepare() {
    settings = new FineTuningSettings(steps, batch, learning_rate, gap, validate_every, seed);
    installer =
        new PriorInstaller(
            Installation.userModels(), Installation.bundledModels().stream().toList());
    installer.checkName(name, replace);
    plot = new LossPlot(name + "-loss");
    input = imageOf(InputPlane.IMAGE).orElse(null);
    images = isFolderGiven() ? List.of() : SharpImages.read(input);
  }

  @Override
  protected FineTuningResult compute(Progress progress) throws IOException {
    ComputeDevice chosen = ComputeDevice.select(device);
    parent = Installation.prior(prior);
    PriorCard card = parent.card();
    try (TrainableNetwork network =
        parent.openTrainable(chosen, settings.learningRate(), new Consent(trust))) {
      installer.checkRoom(Files.size(card.network().path()));
      trainingSet =
          TrainingSet.of(
              isFolderGiven() ? imagesOf(folder.toPath(), progress) : images, card, patch_size);
      FineTuning running = FineTuning.of(network, card.constants(), trainingSet, settings);
      tuning = running;
      return running.run(
          (stage, done, total) -> {
            progress.advanced(stage, done, total);
            if (done % validate_every == 0 && hasWindows()) {
              plot.show(running.result());
            }
          });
    }
  }

  @Override
  protected void show(FineTuningResult result) throws IOException {
    plot.show(result);
    if (result.network().isEmpty()) {
      throw new IllegalStateException(
          ("No step of the training made the prior better on the validation images (loss %.4f, best"
                  + " %.4f): it is kept as it is, and nothing was written. Use more images, more"
                  + " steps or another learning rate.")
              .formatted(result.parentLoss(), result.bestLoss()));
    }
    Path made =
        installer.install(
            name,
            replace,
            new FineTunedPrior(name, parent, source(), trainingSet, settings, result));
    Installation.trustedNetworks().add(PriorCard.read(made).network(), name);
    IJ.showStatus("Fine-tuned. Use it as prior=" + name);
    IJ.log(
        "Fine-tuned the prior \"%s\" to %s (validation loss %.4f, before %.4f)"
            .formatted(name, made, result.bestLoss(), result.parentLoss()));
  }

  @Override
  protected void showPartial() throws IOException {
    if (tuning != null && tuning.result().network().isPresent()) {
      show(tuning.result());
    }
  }

  /** Whether the curve can be drawn anew in a window while it grows. */
  private static boolean hasWindows() {
    return IJ.getInstance() != null && !Interpreter.isBatchMode();
  }

  private boolean isFolderGiven() {
    return folder != null && !folder.getPath().isBlank();
  }

  private String source() {
    return isFolderGiven()
        ? "the images of the folder \"" + folder.getName() + "\""
        : "the image \"" + input.getTitle() + "\"";
  }

  private static List<TrainingImage> imagesOf(Path folder, Progress progress) throws IOException {
    List<Path> files = SharpImages.files(folder);
    List<TrainingImage> images = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      images.addAll(SharpImages.open(files.get(i)));
      progress.advanced("Reading", i + 1, files.size());
    }
    return images;
  }
}
