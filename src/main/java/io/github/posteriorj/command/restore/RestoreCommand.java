package io.github.posteriorj.command.restore;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Info;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.Progress;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.restoration.GaussianNoise;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.Restoration;
import io.github.posteriorj.restoration.SamplingDiagnostics;
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
public abstract class RestoreCommand extends BackgroundCommand<RestoreCommand.Restored> {

  /** What is shown in the end. */
  protected record Restored(PosteriorSummary summary, String info) {}

  /** Chains that run side by side unless the user says otherwise. */
  private static final int USUAL_CHAINS = 8;

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
      label = "Samples",
      description =
          "How many sharp images to draw. The variance needs 8 or more to mean something.",
      min = "2",
      persist = false)
  private int samples = 16;

  @Parameter(
      label = "Seed",
      description = "The same seed and settings give the same images again.",
      persist = false)
  private long seed = 1;

  @Parameter(
      label = "Prior",
      description = "What sharp images look like: a folder in ImageJ's models folder, or a path.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private String prior = "microscopy-64";

  @Parameter(
      label = "Generation steps",
      description =
          "Network passes from noise to image: 1 is fast, 2 makes crisper images in twice the"
              + " time.",
      min = "1",
      max = "40",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private int generation_steps = 1;

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
              + " of the likelihood, as in the papers.",
      choices = {"randomise-then-optimise", "maximum likelihood"},
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private String warm_start = WarmStart.RANDOMISE_THEN_OPTIMISE.label();

  @Parameter(
      label = "Warm-start steps",
      description = "Steps of Adam for each chain.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private int warm_start_steps = 100;

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
  private String integrator = Integrator.HAMILTONIAN.label();

  @Parameter(
      label = "Preconditioning",
      description =
          "Coordinates that the chains move in: scaled along the directions that the measurement"
              + " tells most of (low-rank), one by one (diagonal), or not at all, as in the papers"
              + " (none).",
      choices = {"low-rank", "diagonal", "none"},
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private String preconditioning = Preconditioning.LOW_RANK.label();

  @Parameter(
      label = "Burn-in",
      description =
          "Transitions of each chain before its first sample; integrators with acceptance tune"
              + " their step size meanwhile. HMC takes 10 gradients a transition, the others 1.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private int burn_in = 10;

  @Parameter(
      label = "Thinning",
      description = "Transitions from one sample of a chain to its next.",
      min = "1",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private int thinning = 1;

  @Parameter(
      label = "Step size (0: automatic)",
      description =
          "Time step of the integrator's equation. 0 chooses it from the posterior's curvature and"
              + " the acceptance during burn-in.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Sampling"))
  private double step_size = 0;

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

  private RandomAccessibleInterval<FloatType> plane;

  /**
   * The forward operator that made the image; called in the background.
   *
   * @throws IllegalArgumentException if its parameters make none; the message says which
   * @throws IOException if a file that it needs cannot be read
   */
  protected abstract ForwardOperator operator() throws IOException;

  /** The measurement's noise, as far as it is known: by default Gaussian. */
  protected NoiseModel noiseModel() {
    return new GaussianNoise(noise);
  }

  @Override
  protected void prepare() {
    plane = InputPlane.read(image);
  }

  @Override
  protected Restored compute(Progress progress) throws IOException {
    ForwardOperator operator = operator();
    NoiseModel noiseModel = noiseModel();
    SamplerSettings settings =
        new SamplerSettings(
            samples,
            chains == 0 ? Math.min(Math.max(samples, 1), USUAL_CHAINS) : chains,
            WarmStart.labelled(warm_start),
            warm_start_steps,
            Integrator.labelled(integrator),
            Preconditioning.labelled(preconditioning),
            step_size,
            burn_in,
            thinning,
            new SampleTarget(target_ess, max_gradients),
            seed);
    Optional<IntensityRange> range =
        intensity_low == intensity_high
            ? Optional.empty()
            : Optional.of(new IntensityRange(intensity_low, intensity_high));
    ComputeDevice chosen = ComputeDevice.select(device);
    try (ConsistencyModel model =
        ConsistencyModel.open(Installation.priors().find(prior), chosen)) {
      PosteriorSummary summary =
          new Restoration(model, generation_steps, operator, settings)
              .run(Measurement.of(plane), noiseModel, range, progress);
      return new Restored(summary, info(operator, noiseModel, settings, model, summary));
    }
  }

  @Override
  protected void show(Restored restored) {
    PosteriorSummary summary = restored.summary();
    String title = image.getTitle();
    double black = summary.scale().black();
    double white = summary.scale().white();
    ImagePlus samplesImage = result(title + "-samples", summary.samples(), restored);
    ImagePlus meanImage = result(title + "-mean", summary.mean(), restored);
    ImagePlus varianceImage = result(title + "-variance", summary.variance(), restored);
    ResultImages.show(ResultImages.withDisplay(samplesImage, LookUpTables.gray(), black, white));
    ResultImages.show(ResultImages.withDisplay(meanImage, LookUpTables.gray(), black, white));
    ResultImages.show(
        ResultImages.withDisplay(
            varianceImage, LookUpTables.inferno(), 0, varianceImage.getStatistics().max));
    if (diagnostics) {
      showDiagnosticImages(restored);
    }
    DiagnosticsTable.show(title + "-diagnostics", summary);
    for (String warning : summary.diagnostics().warnings()) {
      log.warn(title + ": " + warning);
      IJ.showStatus(warning);
    }
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
            image.getTitle() + suffix,
            Planes.split(pixels, mean.dimension(0), mean.dimension(1)),
            restored);
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
      ConsistencyModel model,
      PosteriorSummary summary) {
    SamplerReport report = summary.report();
    Info info = new Info();
    info.add("Made by", "PosteriorJ " + Installation.version())
        .add("Measurement", image.getTitle())
        .add("Forward operator", operator)
        .add("Noise", summary.likelihood())
        .add("Noise was", noiseModel.source())
        .add("Intensity at the model's " + summary.scale().low(), summary.scale().black())
        .add("Intensity at the model's " + summary.scale().high(), summary.scale().white())
        .add("Prior", model.card().name())
        .add("Prior's SHA-256", model.card().sha256())
        .add("Generation steps", generation_steps)
        .add("Device", model.device().label())
        .add("Samples", report.samples())
        .add("Chains", settings.chains())
        .add("Seed", settings.seed())
        .add("Warm start", settings.start().label() + ", " + settings.startSteps() + " steps")
        .add("Burn-in", settings.burnIn())
        .add("Thinning", settings.thinning())
        .add("Integrator", settings.integrator().label())
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
    for (String warning : summary.diagnostics().warnings()) {
      info.add("Warning", warning);
    }
    return info.toString();
  }
}
