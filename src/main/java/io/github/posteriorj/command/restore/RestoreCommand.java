package io.github.posteriorj.command.restore;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.LUT;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.Generator;
import io.github.posteriorj.command.Info;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.MeasurementCommand;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.CameraNoise;
import io.github.posteriorj.restoration.GaussianNoise;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.PixelwiseGaussianNoise;
import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.Restoration;
import io.github.posteriorj.restoration.SamplingDiagnostics;
import io.github.posteriorj.restoration.UnknownGaussianNoise;
import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.sampler.Preconditioning;
import io.github.posteriorj.sampler.SampleTarget;
import io.github.posteriorj.sampler.SamplerReport;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.WarmStart;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.log.LogService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/**
 * Restores the active image: a command for one forward operator adds the operator's parameters.
 *
 * <p>Results are images titled {@code <title>-samples}, {@code <title>-mean} and {@code
 * <title>-variance}, 32 bits, in the input's units and calibration, and a table {@code
 * <title>-diagnostics} that says whether they can be trusted. ImageJ has no tables without a
 * window: the results' Info has the same numbers.
 */
public abstract class RestoreCommand extends MeasurementCommand<RestoreCommand.Restored> {

  /** What is shown in the end. */
  protected record Restored(PosteriorSummary summary, String info) {}

  private static final String ESTIMATED = "estimated";
  private static final String INTEGRATED_OUT = "integrated out";

  private static final SamplerSettings RECOMMENDED = SamplerSettings.standard(64, 1);

  @Parameter(
      label = "Image",
      description = "The blurred, noisy image: one gray plane of 8, 16 or 32 bits.",
      required = false,
      persist = false)
  private ImagePlus image;

  @Parameter(
      label = "Noise, standard deviation (0: estimate)",
      description =
          "Standard deviation of the noise, in the image's intensity units. 0 estimates it from the"
              + " image (Donoho and Johnstone 1994).",
      min = "0",
      persist = false)
  private double noise = 0;

  @Parameter(
      label = "Noise map",
      description =
          "An image of the Gaussian noise's standard deviation at each pixel, in place of one for"
              + " all.",
      required = false,
      autoFill = false,
      persist = false)
  private ImagePlus noise_map;

  @Parameter(
      label = "Unknown noise",
      description =
          "What noise=0 does with Gaussian noise: estimate the standard deviation from the image,"
              + " or leave it unknown and integrate it out.",
      choices = {ESTIMATED, INTEGRATED_OUT},
      persist = false,
      attrs = @Attr(name = GROUP, value = "Camera"))
  private String unknown_noise_level = ESTIMATED;

  @Parameter(
      label = "Samples",
      description =
          "How many sharp images to draw. 95 % intervals need 39, the diagnostics 4 of each chain.",
      min = "2",
      persist = false)
  private int samples = RECOMMENDED.samples();

  @Parameter(
      label = "Seed",
      description = "The same seed and settings give the same images again.",
      persist = false)
  private long seed = RECOMMENDED.seed();

  @Parameter(
      label = "Prior",
      description = "What sharp images look like: a folder in ImageJ's models folder, or a path.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private String prior = "microscopy-64";

  @Parameter(
      label = "Generator",
      description = Generator.DESCRIPTION,
      choices = {Generator.CONSISTENCY, Generator.FLOW},
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private String generator = Generator.CONSISTENCY_MODEL.label();

  @Parameter(
      label = "Generation steps",
      description = Generator.STEPS_DESCRIPTION,
      min = "1",
      max = "40",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private int generation_steps = 1;

  @Parameter(
      label = Consent.LABEL,
      description = Consent.DESCRIPTION,
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private boolean trust = false;

  @Parameter(
      label = "Device",
      description = "auto, cpu, gpu, or gpu1, gpu2 ... for one of several graphics cards.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private String device = "auto";

  @Parameter(
      label = "Lowest (equal to highest: estimate)",
      description =
          "Intensity of the sharp image's background. Equal to the highest one: estimate both.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Intensity range of the sharp image"))
  private double intensity_low = 0;

  @Parameter(
      label = "Highest",
      description =
          "Intensity of the sharp image's brightest structures. Equal to the lowest one: estimate"
              + " both.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Intensity range of the sharp image"))
  private double intensity_high = 0;

  @Parameter(
      label = "Chains (0: automatic)",
      description = "Independent chains that share the samples. 0: one a sample, at most 8.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private int chains = 0;

  @Parameter(
      label = "Warm start",
      description =
          "How chains begin: spread like the posterior (randomise-then-optimise), or at a maximum"
              + " of the likelihood, as in the papers, or by HMC while the noise level falls.",
      choices = {"randomise-then-optimise", "maximum likelihood", "annealed HMC"},
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private String warm_start = RECOMMENDED.start().method().label();

  @Parameter(
      label = "Warm-start steps",
      description = "Gradients that each chain's start may take.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private int warm_start_steps = RECOMMENDED.start().steps();

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
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private String integrator = RECOMMENDED.moves().integrator().label();

  @Parameter(
      label = "Preconditioning",
      description =
          "Coordinates that the chains move in: scaled along the directions that the measurement"
              + " tells most of (low-rank), one by one (diagonal), or not at all, as in the papers"
              + " (none).",
      choices = {"low-rank", "diagonal", "none"},
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private String preconditioning = RECOMMENDED.moves().preconditioning().label();

  @Parameter(
      label = "Burn-in",
      description =
          "Transitions of each chain before its first sample; coordinates and step size are learnt"
              + " meanwhile. Underdamped Langevin and HMC take up to 60 gradients a transition, as"
              + " many as their step size needs to lead far; the others take 1.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private int burn_in = RECOMMENDED.transitions().burnIn();

  @Parameter(
      label = "Thinning",
      description = "Transitions from one sample of a chain to its next.",
      min = "1",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private int thinning = RECOMMENDED.transitions().thinning();

  @Parameter(
      label = "Step size (0: automatic)",
      description =
          "Time step of the integrator's equation. 0 chooses it from the posterior's curvature and"
              + " the acceptance during burn-in.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private double step_size = RECOMMENDED.moves().stepSize();

  @Parameter(
      label = "Diagnostic images",
      description =
          "Also show, for each pixel, how well the chains agree (R-hat), how many independent"
              + " samples they are worth, and the standard error of the mean.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private boolean diagnostics = false;

  @Parameter private LogService log;

  @Parameter(
      label = "Effective sample size to reach (0: none)",
      description =
          "Draws more samples until the median pixel's effective sample size is this large, or the"
              + " limit on gradients is reached. 0: the number of samples is enough.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private double target_ess = 0;

  @Parameter(
      label = "Most gradients (0: no limit)",
      description = "No samples are begun after so many gradients of a chain, warm start included.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private long max_gradients = 5000;

  private Measurement measurement;
  private Measurement noiseLevels;

  /** The measurement's noise, as far as it is known: by default what the parameters say. */
  protected NoiseModel noiseModel() {
    Camera camera = camera();
    return switch (camera.noiseModel()) {
      case POISSON -> CameraNoise.poisson(camera.gain(), camera.offset());
      case POISSON_GAUSSIAN ->
          new CameraNoise(
              camera.gain(),
              camera.offset(),
              camera.gain() == 0 && camera.readNoise() == 0 ? -1 : camera.readNoise());
      default -> gaussianNoise();
    };
  }

  private NoiseModel gaussianNoise() {
    if (noiseLevels != null) {
      return new PixelwiseGaussianNoise(noiseLevels);
    }
    return noise == 0 && unknown_noise_level.equals(INTEGRATED_OUT)
        ? new UnknownGaussianNoise()
        : new GaussianNoise(noise);
  }

  /**
   * Reads the measurement on ImageJ's thread: by default the image, all of it observed.
   *
   * @param image the image that was given
   * @throws IllegalArgumentException with a message for the user
   */
  protected Measurement read(ImagePlus image) {
    return Measurement.of(InputPlane.read(image));
  }

  /** The intensities that were given for the sharp image, or empty to estimate them. */
  protected Optional<IntensityRange> intensityRange() {
    return range(intensity_low, intensity_high);
  }

  /** Chains that are run for each one that is kept: by default all are kept. */
  protected int restarts() {
    return 1;
  }

  /** The measurement; called in the background, after {@link #operator()}. */
  protected Measurement measurement() {
    return measurement;
  }

  /** The image that was given; null if none was. */
  protected final ImagePlus image() {
    return image;
  }

  /** The seed of all that is random. */
  protected final long seed() {
    return seed;
  }

  /** The device that was asked for. */
  protected final ComputeDevice chosenDevice() {
    return ComputeDevice.select(device);
  }

  /** The consent to run networks of unknown origin. */
  protected final Consent consent() {
    return new Consent(trust);
  }

  /** What the results' titles begin with. */
  protected String title() {
    return image.getTitle();
  }

  @Override
  protected void prepare() {
    super.prepare();
    measurement = read(image);
    noiseLevels =
        noise_map == null ? null : Measurement.of(InputPlane.readAsItIs(noise_map, "noise_map"));
  }

  @Override
  protected Restored compute(Progress progress) throws IOException {
    try {
      return restore(instrument(), progress);
    } finally {
      close();
    }
  }

  private Restored restore(ForwardOperator operator, Progress progress) throws IOException {
    NoiseModel noiseModel = noiseModel();
    SamplerSettings settings =
        new SamplerSettings(
            samples,
            chains == 0 ? SamplerSettings.standard(samples, seed).chains() : chains,
            new SamplerSettings.Start(WarmStart.labelled(warm_start), warm_start_steps),
            new SamplerSettings.Moves(
                Integrator.labelled(integrator),
                Preconditioning.labelled(preconditioning),
                step_size),
            new SamplerSettings.Transitions(burn_in, thinning),
            new SampleTarget(target_ess, max_gradients),
            seed);
    try (GenerativeModel model =
        Generator.labelled(generator)
            .open(Installation.prior(prior), generation_steps, chosenDevice(), consent())) {
      PosteriorSummary summary =
          new Restoration(model, generation_steps, operator, settings, restarts())
              .run(measurement(), noiseModel, intensityRange(), progress);
      return new Restored(summary, info(operator, noiseModel, settings, model, summary));
    }
  }

  @Override
  protected void show(Restored restored) {
    PosteriorSummary summary = restored.summary();
    String title = title();
    double black = summary.scale().black();
    double white = summary.scale().white();
    ImagePlus samplesImage = result(title + "-samples", summary.samples(), restored);
    ImagePlus meanImage = result(title + "-mean", summary.mean(), restored);
    ImagePlus varianceImage = result(title + "-variance", summary.variance(), restored);
    int channels = summary.channels();
    ResultImages.show(inColours(samplesImage, channels, LookUpTables.gray(), black, white));
    ResultImages.show(inColours(meanImage, channels, LookUpTables.gray(), black, white));
    double highest = varianceImage.getStatistics().max;
    ResultImages.show(inColours(varianceImage, channels, LookUpTables.inferno(), 0, highest));
    if (diagnostics) {
      showDiagnosticImages(restored);
    }
    DiagnosticsTable.show(title + "-diagnostics", summary);
    for (String warning : summary.warnings()) {
      log.warn(title + ": " + warning);
      IJ.showStatus(warning);
    }
  }

  private static ImagePlus inColours(
      ImagePlus image, int channels, LUT lut, double low, double high) {
    return channels == 1
        ? ResultImages.withDisplay(image, lut, low, high)
        : ResultImages.withChannels(image, channels, low, high);
  }

  private void showDiagnosticImages(Restored restored) {
    PixelDiagnostics pixels = restored.summary().diagnostics().pixels();
    showDiagnosticImage("-r-hat", pixels.rHat(), restored);
    showDiagnosticImage("-ess", pixels.bulkSampleSize(), restored);
    showDiagnosticImage("-mcse", pixels.meanError(), restored);
  }

  private void showDiagnosticImage(String suffix, float[] pixels, Restored restored) {
    RandomAccessibleInterval<FloatType> mean = restored.summary().mean();
    ImagePlus shown =
        result(
            title() + suffix, Planes.split(pixels, mean.dimension(0), mean.dimension(1)), restored);
    shown.setLut(LookUpTables.inferno());
    ResultImages.show(shown);
  }

  private ImagePlus result(
      String title, RandomAccessibleInterval<FloatType> pixels, Restored restored) {
    return ResultImages.create(title, pixels, calibration(pixels), restored.info());
  }

  /**
   * The calibration of a result: by default result and measurement show the same field of view.
   *
   * @param pixels the result
   */
  protected Calibration calibration(RandomAccessibleInterval<FloatType> pixels) {
    return ResultImages.sameField(image, pixels);
  }

  private String info(
      ForwardOperator operator,
      NoiseModel noiseModel,
      SamplerSettings settings,
      GenerativeModel model,
      PosteriorSummary summary) {
    SamplerReport report = summary.report();
    Info info = new Info();
    info.add("Made by", "PosteriorJ " + Installation.version())
        .add("Measurement", title())
        .add("Forward operator", operator)
        .add("Noise", summary.likelihood())
        .add("Noise was", noiseModel.source())
        .add("Intensity at the model's " + summary.scale().low(), summary.scale().black())
        .add("Intensity at the model's " + summary.scale().high(), summary.scale().white())
        .add("Prior", model.name())
        .add("Prior's SHA-256", model.sha256())
        .add("Generator", generator)
        .add("Generation steps", generation_steps)
        .add("Device", model.device().label())
        .add("Samples", summary.sampleCount())
        .add("Chains", settings.chains())
        .add("Restarts", restarts())
        .add("Seed", settings.seed())
        .add(
            "Warm start",
            settings.start().method().label() + ", " + settings.start().steps() + " steps")
        .add("Burn-in", settings.transitions().burnIn())
        .add("Thinning", settings.transitions().thinning())
        .add("Integrator", settings.moves().integrator().label())
        .add("Preconditioning", report.preconditioner())
        .add("Step size", report.stepSize())
        .add("Step size halved", report.halvings() + " times")
        .add("Acceptance", Double.isNaN(report.acceptance()) ? "all moves" : report.acceptance())
        .add("Gradients", report.evaluations())
        .add(summary.likelihood().misfitFormula() + ", mean of the samples", summary.misfit());
    for (SamplingDiagnostics.Row row : summary.diagnostics().judgedRows()) {
      info.add("R-hat, " + row.name(), (float) row.diagnostics().rHat())
          .add("ESS bulk, " + row.name(), (float) row.diagnostics().bulkSampleSize())
          .add("ESS tail, " + row.name(), (float) row.diagnostics().tailSampleSize())
          .add("MCSE of the mean, " + row.name(), (float) row.diagnostics().meanError());
    }
    for (String warning : summary.warnings()) {
      info.add("Warning", warning);
    }
    return info.toString();
  }
}
