package io.github.posteriorj.command.restore;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.command.MeasurementCommand;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.MeasuredImage;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Generator;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.PriorChoice;
import io.github.posteriorj.job.RestorationJob;
import io.github.posteriorj.job.Restored;
import io.github.posteriorj.restoration.CameraNoise;
import io.github.posteriorj.restoration.GaussianNoise;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.UnknownGaussianNoise;
import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.sampler.Preconditioning;
import io.github.posteriorj.sampler.WarmStart;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import io.github.posteriorj.solver.Solver;
import java.io.IOException;
import java.util.Optional;
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
public abstract class RestoreCommand extends MeasurementCommand<Restored> {

  private static final String ESTIMATED = "estimated";
  private static final String INTEGRATED_OUT = "integrated out";

  private static final int RECOMMENDED_SAMPLES = 64;
  private static final NoiseSpaceLangevin RECOMMENDED = NoiseSpaceLangevin.standard();

  @Parameter(
      label = "Image",
      description = "The blurred, noisy image: one gray plane of 8, 16 or 32 bits.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "Noise, standard deviation (0: estimate)",
      description =
          "Standard deviation of the noise, in the image's intensity units. 0 estimates it from the"
              + " image (Donoho and Johnstone 1994).",
      min = "0",
      style = "format:0.####",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.NOISE))
  private double noise = 0;

  @Parameter(
      label = "Noise map",
      description =
          "An image of the Gaussian noise's standard deviation at each pixel, in place of one for"
              + " all.",
      persist = false,
      attrs = {@Attr(name = IMAGE, value = NONE), @Attr(name = GROUP, value = Section.NOISE)})
  private String noise_map = NONE;

  @Parameter(
      label = "Unknown noise",
      description =
          "What noise=0 does with Gaussian noise: estimate the standard deviation from the image,"
              + " or leave it unknown and integrate it out.",
      choices = {ESTIMATED, INTEGRATED_OUT},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.NOISE))
  private String unknown_noise_level = ESTIMATED;

  @Parameter(
      label = "Samples",
      description =
          "How many sharp images to draw. 95 % intervals need 39, the diagnostics 4 of each chain.",
      min = "2",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.SAMPLES))
  private int samples = RECOMMENDED_SAMPLES;

  @Parameter(
      label = "Seed",
      description = "The same seed and settings give the same images again.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.SAMPLES))
  private long seed = 1;

  @Parameter(
      label = "Prior",
      description = "What sharp images look like: a folder in ImageJ's models folder, or a path.",
      persist = false,
      attrs = {
        @Attr(name = CHOICES, value = PRIORS),
        @Attr(name = Section.ATTRIBUTE, value = Section.PRIOR)
      })
  private String prior = "microscopy-64";

  @Parameter(
      label = "Generator",
      description = Generator.DESCRIPTION,
      choices = {Generator.CONSISTENCY, Generator.FLOW},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private String generator = Generator.CONSISTENCY_MODEL.label();

  @Parameter(
      label = "Generation steps",
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
      label = "Device",
      description = "auto, cpu, gpu, or gpu1, gpu2 ... for one of several graphics cards.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private String device = "auto";

  @Parameter(
      label = "Lowest (equal to highest: estimate)",
      description =
          "Intensity of the sharp image's background. Equal to the highest one: estimate both.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RANGE))
  private double intensity_low = 0;

  @Parameter(
      label = "Highest",
      description =
          "Intensity of the sharp image's brightest structures. Equal to the lowest one: estimate"
              + " both.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RANGE))
  private double intensity_high = 0;

  @Parameter(
      label = "Chains (0: automatic)",
      description = "Independent chains that share the samples. 0: one a sample, at most 8.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private int chains = 0;

  @Parameter(
      label = "Warm start",
      description =
          "How chains begin: spread like the posterior (randomise-then-optimise), or at a maximum"
              + " of the likelihood, as in the papers, or by HMC while the noise level falls.",
      choices = {"randomise-then-optimise", "maximum likelihood", "annealed HMC"},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String warm_start = RECOMMENDED.warmStart().label();

  @Parameter(
      label = "Warm-start steps",
      description = "Gradients that each chain's start may take.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private int warm_start_steps = RECOMMENDED.warmStartSteps();

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
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String integrator = RECOMMENDED.integrator().label();

  @Parameter(
      label = "Preconditioning",
      description =
          "Coordinates that the chains move in: scaled along the directions that the measurement"
              + " tells most of (low-rank), one by one (diagonal), or not at all, as in the papers"
              + " (none).",
      choices = {"low-rank", "diagonal", "none"},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String preconditioning = RECOMMENDED.preconditioning().label();

  @Parameter(
      label = "Burn-in",
      description =
          "Transitions of each chain before its first sample; coordinates and step size are learnt"
              + " meanwhile. Underdamped Langevin and HMC take up to 60 gradients a transition, as"
              + " many as their step size needs to lead far; the others take 1.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private int burn_in = RECOMMENDED.burnIn();

  @Parameter(
      label = "Thinning",
      description = "Transitions from one sample of a chain to its next.",
      min = "1",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private int thinning = RECOMMENDED.thinning();

  @Parameter(
      label = "Step size (0: automatic)",
      description =
          "Time step of the integrator's equation. 0 chooses it from the posterior's curvature and"
              + " the acceptance during burn-in.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private double step_size = RECOMMENDED.stepSize();

  @Parameter(
      label = "Diagnostic images",
      description =
          "Also show, for each pixel, how well the chains agree (R-hat), how many independent"
              + " samples they are worth, and the standard error of the mean.",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RESULTS))
  private boolean diagnostics = false;

  @Parameter private LogService log;

  @Parameter(
      label = "Effective sample size to reach (0: none)",
      description =
          "Draws more samples until the median pixel's effective sample size is this large, or the"
              + " limit on gradients is reached. 0: the number of samples is enough.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private double target_ess = 0;

  @Parameter(
      label = "Most gradients (0: no limit)",
      description = "No samples are begun after so many gradients of a chain, warm start included.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private long max_gradients = 5000;

  private ImagePlus input;
  private RestorationJob job;
  private MeasuredPlane plane;

  /**
   * The instrument's operator, as the parameters describe it; called on ImageJ's thread.
   *
   * @throws IllegalArgumentException if they describe none; the message says which is wrong
   */
  protected abstract ForwardModel forwardModel();

  /** Chains that are run for each one that is kept: by default all are kept. */
  protected int restarts() {
    return 1;
  }

  /** The image that was given; null if none was. */
  protected final ImagePlus image() {
    return input;
  }

  /**
   * The measurement: by default the image.
   *
   * @param model the instrument
   * @throws IllegalArgumentException if there is none that can be used; the message says why
   */
  protected MeasuredPlane plane(ForwardModel model) {
    return MeasuredImage.of(input, model.takesGaps());
  }

  @Override
  protected void prepare() {
    input = imageOf(InputPlane.IMAGE).orElse(null);
    if (needsImage()) {
      InputPlane.checkIsThere(input, InputPlane.IMAGE);
    }
    ForwardModel model = forwardModel();
    plane = plane(model);
    job =
        new RestorationJob(
            Optional.empty(),
            model,
            illumination(),
            background(),
            noiseModel(),
            MeasuredImage.plane(imageOf("noise_map").orElse(null), "noise_map"),
            range(intensity_low, intensity_high),
            new PriorChoice(
                prior, Optional.empty(), Generator.labelled(generator), generation_steps),
            method(),
            samples,
            seed,
            device);
  }

  private NoiseModel noiseModel() {
    Camera camera = camera();
    return switch (camera.noiseModel()) {
      case POISSON -> CameraNoise.poisson(camera.gain(), camera.offset());
      case POISSON_GAUSSIAN ->
          new CameraNoise(
              camera.gain(),
              camera.offset(),
              camera.gain() == 0 && camera.readNoise() == 0 ? -1 : camera.readNoise());
      default ->
          noise == 0 && unknown_noise_level.equals(INTEGRATED_OUT)
              ? new UnknownGaussianNoise()
              : new GaussianNoise(noise);
    };
  }

  private Solver method() {
    return new NoiseSpaceLangevin(
        chains,
        restarts(),
        WarmStart.labelled(warm_start),
        warm_start_steps,
        Integrator.labelled(integrator),
        Preconditioning.labelled(preconditioning),
        step_size,
        burn_in,
        thinning,
        target_ess,
        max_gradients);
  }

  @Override
  protected Restored compute(Progress progress) throws IOException {
    return job.run(plane, new InstalledResources(new Consent(trust)), progress);
  }

  @Override
  protected void show(Restored restored) {
    RestorationResults results = new RestorationResults(restored, plane.title(), input);
    results.show();
    if (diagnostics) {
      results.showDiagnosticImages();
    }
    for (String warning : restored.summary().warnings()) {
      log.warn(plane.title() + ": " + warning);
      IJ.showStatus(warning);
    }
  }
}
