package io.github.posteriorj.command.restore;

import static java.util.Objects.requireNonNullElse;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.ensemble.MapWords;
import io.github.posteriorj.imagej.ImagePlanes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.MeasuredImage;
import io.github.posteriorj.imagej.PlaneView;
import io.github.posteriorj.job.ChannelSettings;
import io.github.posteriorj.job.ChosenPlanes;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Generator;
import io.github.posteriorj.job.ImageAxes;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.PlaneChoice;
import io.github.posteriorj.job.PlaneSource;
import io.github.posteriorj.job.PriorChoice;
import io.github.posteriorj.job.Region;
import io.github.posteriorj.job.RestorationJob;
import io.github.posteriorj.profile.Camera;
import io.github.posteriorj.profile.Quality;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.CameraNoise;
import io.github.posteriorj.restoration.GaussianNoise;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.OutlierTreatment;
import io.github.posteriorj.restoration.UnknownGaussianNoise;
import io.github.posteriorj.solver.ChainLevel;
import io.github.posteriorj.solver.Method;
import io.github.posteriorj.solver.MethodSettings;
import io.github.posteriorj.solver.Solver;
import java.awt.Rectangle;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/**
 * Restores the active image: a command for one forward operator adds the operator's parameters.
 *
 * <p>Results are images titled {@code <title>-samples}, {@code <title>-mean} and {@code
 * <title>-variance}, 32 bits, in the input's units and calibration, and a table {@code
 * <title>-diagnostics} that says whether they can be trusted. ImageJ has no tables without a
 * window: the results' Info has the same numbers.
 */
@SuppressWarnings("unused") // Settings of methods are read by their names.
public abstract class RestoreCommand extends MethodCommand<ImageRestoration> {

  private static final String ALL_PLANES = "all";
  private static final String CURRENT_PLANE = "current plane";
  private static final String ESTIMATED = "estimated";
  private static final String INTEGRATED_OUT = "integrated out";

  /** Pixels around a selection by which a prior tells structures from their ends. */
  private static final int CONTEXT_OF_PRIOR = 8;

  @Parameter(
      label = "Image to restore",
      description =
          "The blurred, noisy image: gray, of 8, 16 or 32 bits; of stacks and hyperstacks each"
              + " plane is restored on its own.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "Planes of a stack",
      description =
          "Of a stack or hyperstack: all planes, or the one that is shown. Channels, slices and"
              + " frames can be chosen of all.",
      choices = {ALL_PLANES, CURRENT_PLANE},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.IMAGE))
  private String planes = ALL_PLANES;

  @Parameter(
      label = "Channels",
      description = "Which channels to restore, such as 1-3,5; all by default.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.IMAGE))
  private String channels = PlaneChoice.ALL;

  @Parameter(
      label = "Slices",
      description = "Which slices along Z to restore, such as 1-3,5; all by default.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.IMAGE))
  private String slices = PlaneChoice.ALL;

  @Parameter(
      label = "Frames",
      description = "Which frames in time to restore, such as 1-3,5; all by default.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.IMAGE))
  private String frames = PlaneChoice.ALL;

  @Parameter(
      label = "Only the selection",
      description =
          "Restores only what the image's selection encloses, with as much around it as the"
              + " instrument's blur reaches. What is shown is the selection's bounds, outside of it"
              + " NaN.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.IMAGE))
  private boolean selection = false;

  @Parameter(
      label = "Noise, standard deviation (0: estimate)",
      description =
          "Standard deviation of the noise, in the image's intensity units. 0 estimates it from the"
              + " image (Donoho and Johnstone 1994)."
              + ChannelNumbers.DESCRIPTION,
      min = "0",
      persist = false,
      attrs = {
        @Attr(name = NUMBERS),
        @Attr(name = Section.ATTRIBUTE, value = Section.NOISE),
        @Attr(name = COUNTS_WITH, value = "loss=squared error;noise_map=none;" + GAUSSIAN)
      })
  private String noise = "0";

  @Parameter(
      label = "Image of the noise at each pixel",
      description =
          "An image of the Gaussian noise's standard deviation at each pixel, in place of one for"
              + " all.",
      persist = false,
      attrs = {
        @Attr(name = COUNTS_WITH, value = "loss=squared error;" + GAUSSIAN),
        @Attr(name = IMAGE, value = NONE),
        @Attr(name = GROUP, value = Section.NOISE)
      })
  private String noise_map = NONE;

  @Parameter(
      label = "Noise level that is not given",
      description =
          "What noise=0 does with Gaussian noise: estimate the standard deviation from the image,"
              + " or leave it unknown and integrate it out.",
      choices = {ESTIMATED, INTEGRATED_OUT},
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = Section.NOISE),
        @Attr(name = COUNTS_WITH, value = "noise=0;noise_map=none;" + GAUSSIAN)
      })
  private String unknown_noise_level = ESTIMATED;

  @Parameter(
      label = "Outliers",
      description =
          "What is done about pixels that stand out of their surroundings alone, as hot and dead"
              + " ones do: keep believes them, hide fills them from the pixels around. The results'"
              + " Info tells how many there are.",
      choices = {"keep", "hide"},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.NOISE))
  private String outliers = OutlierTreatment.KEEP.label();

  @Parameter(
      label = "Sharp images to draw (0: as the quality says)",
      description =
          "How many sharp images to draw. 0: 40, but 8 by the quality preview. 95 % intervals need"
              + " 39, the diagnostics 4 of each chain.",
      min = "0",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.SAMPLES))
  private int samples = 0;

  @Parameter(
      label = "Seed of random numbers",
      description = "The same seed and settings give the same images again.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.SAMPLES))
  private long seed = 1;

  @Parameter(
      label = "Prior",
      description = "What sharp images look like: the name of an installed prior, or a path.",
      persist = false,
      attrs = {
        @Attr(name = CHOICES, value = PRIORS),
        @Attr(name = Section.ATTRIBUTE, value = Section.PRIOR)
      })
  private String prior = "microscopy-64";

  @Parameter(
      label = "Generator of the prior's images",
      description = Generator.DESCRIPTION,
      choices = {Generator.CONSISTENCY, Generator.FLOW},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private String generator = Generator.CONSISTENCY_MODEL.label();

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

  @Parameter(
      label = "Side of network tiles, in pixels (0: automatic)",
      description =
          "How much of a large image the networks see at once. Each tile is computed with all that"
              + " its result depends on around it, so that tiles change memory and time, and not"
              + " the result. 0: the whole image where the memory holds it, else the largest tiles"
              + " that it holds; on a CPU, beyond 1536 x 1536 pixels, tiles of some 500 pixels"
              + " where their halos are narrow.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private int tile = 0;

  @Parameter(
      label = "Darkest intensity of the sharp image (equal: estimated)",
      description =
          "Intensity of the sharp image's background. Equal to the highest one: estimate both.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RANGE))
  private double intensity_low = 0;

  @Parameter(
      label = "Brightest intensity of the sharp image (equal: estimated)",
      description =
          "Intensity of the sharp image's brightest structures. Equal to the lowest one: estimate"
              + " both.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RANGE))
  private double intensity_high = 0;

  @Parameter(
      label = "Quality",
      description =
          "How well, and for how long, the posterior is sampled: preview, standard, thorough, as in"
              + " the papers, or a quality of your own (All settings...: save it under a name)."
              + " Single keys override it.",
      persist = false,
      attrs = {
        @Attr(name = CHOICES, value = QUALITIES),
        @Attr(name = Section.ATTRIBUTE, value = Section.QUALITY)
      })
  private String quality = Quality.USUAL;

  @Parameter(
      label = "Generation steps of the prior",
      description = Generator.STEPS_DESCRIPTION,
      min = "1",
      max = "40",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer generation_steps;

  @Parameter(
      label = "Noise level that chains walk at",
      description =
          "sigma_max: in pure noise, as in the papers. A number, in units of the prior's range: at"
              + " this level of the noise, much faster, with a prior that has a denoiser; 0 chooses"
              + " it from the measurement. automatic: there for instruments that never saturate and"
              + " for cameras that clip, at sigma_max for networks that do not blur and for cameras"
              + " behind uneven light.",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String chain_level;

  @Parameter(
      label = "Sweeps of split Gibbs sampling before that",
      description =
          "At a level: how many noise levels each start comes down through; twice as many where"
              + " a mask or a camera that saturates hides pixels.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer gibbs_sweeps;

  @Parameter(
      label = "Langevin steps at the level before the first sample",
      description =
          "Steps of each chain from its start to its first sample; twice as many of half the"
              + " size, or more and smaller ones, where a mask hides a third of the pixels or more,"
              + " and twice as many where a camera saturates.",
      min = "0",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer level_steps;

  @Parameter(
      label = "Langevin steps at the level between samples",
      description = "Steps from one sample of a chain to its next.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer steps_between;

  @Parameter(
      label = "Chains (0: automatic)",
      description =
          "Independent chains that share the samples. 0: at a level, one for up to three samples;"
              + " at sigma_max, one a sample, at most 8.",
      min = "0",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer chains;

  @Parameter(
      label = "Warm start of chains",
      description =
          "How chains begin: where split Gibbs sampling has led (randomise-then-optimise, if the"
              + " prior has no denoiser or makes images in several steps), at optima that are"
              + " spread like the posterior (randomise-then-optimise), at a maximum of the"
              + " likelihood, as in the papers, or by HMC while the noise level falls.",
      choices = {"split Gibbs", "randomise-then-optimise", "maximum likelihood", "annealed HMC"},
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String warm_start;

  @Parameter(
      label = "Warm-start steps",
      description =
          "Gradients that each chain's start may take; of split Gibbs sampling, sweeps and up to 16"
              + " steps of the probability flow.",
      min = "0",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer warm_start_steps;

  @Parameter(
      label = "Integrator",
      description =
          "How chains move: by Euler-Maruyama steps as in the papers, or by one of the others;"
              + " MALA, pCNL and HMC have no step-size bias.",
      choices = {
        "Euler-Maruyama",
        "exponential integrator",
        "MALA",
        "pCNL",
        "underdamped Langevin",
        "HMC"
      },
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String integrator;

  @Parameter(
      label = "Preconditioning of chains",
      description =
          "Coordinates that the chains move in: scaled along the directions that the measurement"
              + " tells most of (low-rank), one by one (diagonal), or not at all, as in the papers"
              + " (none).",
      choices = {"low-rank", "diagonal", "none"},
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String preconditioning;

  @Parameter(
      label = "Burn-in (transitions of a chain)",
      description =
          "Transitions of each chain before its first sample; coordinates and step size are learnt"
              + " meanwhile. Underdamped Langevin and HMC take up to 60 gradients a transition, as"
              + " many as their step size needs to lead far; the others take 1.",
      min = "0",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer burn_in;

  @Parameter(
      label = "Thinning (transitions a sample)",
      description = "Transitions from one sample of a chain to its next.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer thinning;

  @Parameter(
      label = "Step size of the integrator (0: automatic)",
      description =
          "Time step of the integrator's equation. 0 chooses it from the posterior's curvature and"
              + " the acceptance during burn-in.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Double step_size;

  @Parameter(
      label = "Maps of the samples",
      description = MapWords.DESCRIPTION,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RESULTS))
  private String maps = "";

  @Parameter(
      label = "Show images of the diagnostics",
      description =
          "Also show, for each pixel, how well the chains agree (R-hat), how many independent"
              + " samples they are worth, and the standard error of the mean.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RESULTS))
  private boolean diagnostics = false;

  @Parameter(
      label = "Effective sample size to reach (0: none)",
      description =
          "Draws more samples until the median pixel's effective sample size is this large, or the"
              + " limit on gradients is reached. 0: the number of samples is enough.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Double target_ess;

  @Parameter(
      label = "Most gradients of a chain (0: no limit)",
      description = "No samples are begun after so many gradients of a chain, warm start included.",
      min = "0",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Long max_gradients;

  @Parameter(
      label = "Save this quality under the name",
      description =
          "Where a name is given, these settings of the sampler are saved as a quality of your own,"
              + " which all restore dialogs then offer.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String save_quality_as = "";

  @Parameter(
      label = "Folder for the results of each plane (empty: none)",
      description =
          "A folder that each plane's results are written to as soon as it is finished, with the"
              + " job beside them. The same job, started again, goes on where it was ended.",
      style = FileWidget.DIRECTORY_STYLE,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RESULTS))
  private File output = new File("");

  private ImagePlus input;
  private Optional<PlaneChoice> choice = Optional.empty();
  private ChosenPlanes chosen;
  private ImageRestoration restoration;

  /**
   * The instrument's operator, as the parameters describe it; called on ImageJ's thread.
   *
   * @param channel the channel of the image that is restored by it
   * @throws IllegalArgumentException if they describe none; the message says which is wrong
   */
  protected abstract ForwardModel forwardModel(ChannelNumbers channel);

  /** A solver with settings that fit the instrument, where none were given. */
  protected Solver suited(Solver solver) {
    return solver;
  }

  /** The plane that is restored, of several the first; null if there is no image. */
  protected final ImagePlus image() {
    return input == null ? null : PlaneView.of(input, chosen.first());
  }

  /**
   * The plane that is restored, for what has to be seen in it.
   *
   * @param what what is looked at, for the message
   * @throws IllegalArgumentException if several are restored; the message says what to do
   */
  protected final ImagePlus onlyPlane(String what) {
    if (chosen.count() > 1) {
      throw new IllegalArgumentException(
          ("%s would be taken from one plane for all %d that are restored. Give it, or choose one"
                  + " plane: planes=[current plane].")
              .formatted(what, chosen.count()));
    }
    return image();
  }

  /**
   * The planes that the image has, each a measurement.
   *
   * @param model the instrument
   * @throws IllegalArgumentException if there is no image that can be used; the message says why
   */
  protected PlaneSource planes(ForwardModel model) {
    return ImagePlanes.of(input, model.takesGaps());
  }

  @Override
  protected void prepare() throws IOException {
    super.prepare();
    input = imageOf(InputPlane.IMAGE).orElse(null);
    if (needsImage()) {
      InputPlane.checkIsThere(input, InputPlane.IMAGE);
    }
    restoration =
        restoration(Optional.of(output.toPath()).filter(path -> !path.toString().isBlank()));
    restoration.watch(this::endEarly);
  }

  /**
   * The restoration of another image than the one that is named, with all else that was given.
   *
   * @param folder where its results are written
   * @throws IllegalArgumentException if it cannot be restored; the message says why
   * @throws IOException if a profile cannot be read; the message says why
   */
  final ImageRestoration restorationOf(ImagePlus image, Path folder) throws IOException {
    input = image;
    return restoration(Optional.of(folder));
  }

  private ImageRestoration restoration(Optional<Path> folder) throws IOException {
    choosePlanes();
    List<ChannelSettings> settings = settings();
    ForwardModel model = settings.get(0).forwardModel();
    Quality sampling = quality();
    Method suited = sampling.method().mapped(this::suited);
    saveQuality(sampling);
    RestorationJob job =
        new RestorationJob(
            Optional.empty(),
            choice,
            region(settings),
            model,
            illumination(),
            background(),
            settings.get(0).noise(),
            settings.size() == 1 ? Optional.empty() : Optional.of(settings),
            MeasuredImage.plane(imageOf("noise_map").orElse(null), "noise_map"),
            range(intensity_low, intensity_high),
            OutlierTreatment.labelled(outliers),
            new PriorChoice(
                    prior,
                    Optional.empty(),
                    Generator.labelled(generator),
                    sampling.generationSteps())
                .inTilesOf(tile),
            suited,
            sampling.samples(),
            seed,
            MapWords.parse(maps),
            device);
    return new ImageRestoration(job, planes(model), input, diagnostics, folder);
  }

  private void choosePlanes() {
    PlaneChoice given = new PlaneChoice(channels, slices, frames);
    if (planes.equals(CURRENT_PLANE) && input != null) {
      if (!given.equals(PlaneChoice.EVERY)) {
        throw new IllegalArgumentException(
            "planes=[current plane] leaves no choice of channels, slices and frames. Leave planes"
                + " out, or the others.");
      }
      given = PlaneView.currentOnly(input);
    }
    ImageAxes axes = input == null ? ImageAxes.OF_ONE_PLANE : PlaneView.axes(input);
    chosen = given.of(axes);
    boolean isEvery = given.equals(PlaneChoice.EVERY) || axes.equals(ImageAxes.OF_ONE_PLANE);
    choice = isEvery ? Optional.empty() : Optional.of(given);
  }

  /** The part of each plane that is restored; empty if that is the whole. */
  private Optional<Region> region(List<ChannelSettings> settings) {
    if (!selection) {
      return Optional.empty();
    }
    MeasuredPlane plane = planes(settings.get(0).forwardModel()).plane(chosen.first());
    Roi selected = input == null ? null : input.getRoi();
    Rectangle bounds = selected == null ? new Rectangle() : selected.getBounds();
    Rectangle inside =
        bounds.intersection(
            new Rectangle(plane.measurement().width(), plane.measurement().height()));
    if (selected == null || !selected.isArea() || inside.isEmpty()) {
      throw new IllegalArgumentException(
          "\"%s\" has no area selection. Draw one, or leave selection=true out."
              .formatted(plane.title()));
    }
    int reach = 0;
    for (ChannelSettings channel : settings) {
      if (!channel.forwardModel().keepsField()) {
        throw new IllegalArgumentException(
            "A selection of this measurement is none of the sharp image. Leave selection=true"
                + " out.");
      }
      reach = Math.max(reach, channel.forwardModel().reach(plane));
    }
    return Optional.of(
        new Region(inside.x, inside.y, inside.width, inside.height, reach + CONTEXT_OF_PRIOR));
  }

  /** What each channel has of its own; one for all where they are alike. */
  private List<ChannelSettings> settings() throws IOException {
    List<ChannelSettings> settings = new ArrayList<>();
    Camera used = camera();
    int count = chosen.channels().size();
    for (int i = 0; i < count; i++) {
      ChannelNumbers channel = new ChannelNumbers(i, count);
      settings.add(
          new ChannelSettings(
              forwardModel(channel), noiseModel(used, channel.number("noise", noise))));
    }
    return settings.stream().distinct().count() == 1 ? settings.subList(0, 1) : settings;
  }

  /** The quality that was chosen, with what was given in other words. */
  private Quality quality() throws IOException {
    Quality chosen = Installation.qualities().find(quality);
    return new Quality(
        chosen.description(),
        samples == 0 ? chosen.samples() : samples,
        requireNonNullElse(generation_steps, chosen.generationSteps()),
        withSettings(method(chosen.method())));
  }

  private Method withSettings(Method chosen) {
    Map<String, Object> given = settingsOfMethod();
    Method atLevel = chain_level == null ? chosen : ChainLevel.moved(chosen, chain_level);
    List<String> idle = MethodSettings.unknown(atLevel, given);
    if (!idle.isEmpty()) {
      throw new IllegalArgumentException(
          "%s these settings have no effect: %s. Leave them out, or choose another chain_level or method."
              .formatted(where(), String.join(", ", idle)));
    }
    return MethodSettings.with(atLevel, given);
  }

  /** Where settings have an effect or not, for messages. */
  private String where() {
    if (chain_level != null) {
      return "At chain_level=" + chain_level;
    }
    return "With " + (methodAsGiven().isEmpty() ? "quality=[" + quality + "]" : methodAsGiven());
  }

  @Override
  protected Map<String, Object> valuesOfUnset() throws IOException {
    Quality given = quality();
    Map<String, Object> values = new HashMap<>(super.valuesOfUnset());
    values.put("generation_steps", given.generationSteps());
    values.put("method", MethodSettings.kind(given.method()));
    values.put("chain_level", ChainLevel.of(given.method()));
    values.putAll(MethodSettings.recommended());
    values.putAll(MethodSettings.of(given.method()));
    return values;
  }

  /** Saves a quality, if it was given a name; from then on it is the one that is chosen. */
  private void saveQuality(Quality sampling) throws IOException {
    if (save_quality_as.isBlank()) {
      return;
    }
    Installation.qualities()
        .save(
            save_quality_as,
            new Quality(
                "Saved from a dialog.",
                sampling.samples(),
                sampling.generationSteps(),
                sampling.method()));
    quality = save_quality_as;
    save_quality_as = "";
    forgetMethod();
  }

  @Override
  protected void forgetMethod() {
    super.forgetMethod();
    generation_steps = null;
    chain_level = null;
  }

  private NoiseModel noiseModel(Camera camera, double noise) {
    double gain = camera.cameraGain();
    double readNoise = camera.readSigma();
    return switch (camera.noiseModel()) {
      case POISSON -> CameraNoise.poisson(gain, camera.cameraOffset());
      case POISSON_GAUSSIAN ->
          new CameraNoise(
              gain, camera.cameraOffset(), gain == 0 && readNoise == 0 ? -1 : readNoise);
      case GAUSSIAN ->
          noise == 0 && unknown_noise_level.equals(INTEGRATED_OUT)
              ? new UnknownGaussianNoise()
              : new GaussianNoise(noise);
    };
  }

  @Override
  protected ImageRestoration compute(Progress progress) throws IOException {
    restoration.run(new InstalledResources(new Consent(trust)), progress);
    return restoration;
  }

  @Override
  protected void show(ImageRestoration done) throws IOException {
    done.show();
  }

  /** Planes that were finished. */
  @Override
  protected void showPartial() throws IOException {
    restoration.show();
  }
}
