package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.likelihood.NoiseLikelihood;
import io.github.posteriorj.likelihood.ObservedLikelihood;
import io.github.posteriorj.likelihood.PoissonGaussianLikelihood;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.RankedProbabilityScore;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.operator.MaskedValues;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.DiffusionModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.Instruments;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.PosteriorSampler;
import io.github.posteriorj.sampler.SamplerReport;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.solver.RichardsonLucy;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Samplers on squares of real, dense images, by the same network: what the posterior mean gains
 * over Richardson-Lucy at its best number of iterations, coverage, score, misfit, and what it took.
 *
 * <p>Arguments: the folder of the images ({@link RealImage}); the squares' side; operators, and
 * methods, each separated by semicolons; a pattern of the images' names. A method is {@code
 * default:SAMPLES}, chains at sigma_max, or {@code LEVEL:SWEEPS:STEPS:STEP_SIZE:SAMPLES}, or that
 * with {@code :CHAINS:STEPS_BETWEEN} after it. Prints a line for each method and operator, the mean
 * over the images; with the property {@code each}, also one for each image. The property {@code
 * prior} names another folder of a prior than the bundled one's, {@code white} the value that the
 * images' brightest pixels have, in the place of the prior's own.
 *
 * <p>Widths and scores are in percent of the image's range. Coverage is that of the predictive
 * interval of Student's t distribution, which holds its level for few samples, too.
 */
public final class RealImagesBenchmark {

  private static final double COVERAGE = 0.9;
  private static final int MOST_ITERATIONS = 50;
  private static final int SCORES = 12;

  private RealImagesBenchmark() {}

  /** An instrument in the model's range. */
  private record Instrument(ForwardOperator operator, NoiseLikelihood noise) {

    /** What is told of the values that were observed: those that a mask hides were not. */
    Likelihood likelihood() {
      return operator instanceof PixelMask mask
          ? new ObservedLikelihood(noise, MaskedValues.observed(mask))
          : noise;
    }
  }

  /**
   * Samples.
   *
   * @param samples the images
   * @param passes forward passes that each took
   * @param worth how many independent ones they are worth
   * @param check p of the walks' comparison, or R-hat of the median pixel
   */
  private record Draws(float[][] samples, double passes, double worth, double check) {}

  private static Map<String, Instrument> instruments(
      int size, double low, double high, NetworkOperator neuralBlur) {
    double share = Instruments.NOISE_SHARE * (high - low);
    NoiseLikelihood noise = new GaussianLikelihood(share);
    NoiseLikelihood onePerCent = new GaussianLikelihood(0.01 * (high - low));
    Map<String, Instrument> all = new LinkedHashMap<>();
    Instruments.operators(size, low, high, neuralBlur)
        .forEach((name, operator) -> all.put(name, new Instrument(operator, noise)));
    all.computeIfPresent(
        Instruments.FOURIER_MAGNITUDE,
        (name, of) -> new Instrument(of.operator(), new GaussianLikelihood(share / 2)));
    all.put("blur", new Instrument(new GaussianBlur(2), noise));
    all.put("blur-4", new Instrument(new GaussianBlur(4), noise));
    all.put("pooling", new Instrument(new AveragePooling(4), noise));
    all.put("mask", new Instrument(visible(0.2, size), noise));
    all.put("sparse mask", new Instrument(visible(0.1, size), noise));
    all.put("denoise", new Instrument(new Identity(), noise));
    all.put("blur at 1 %", new Instrument(new GaussianBlur(2), onePerCent));
    all.put(
        "blur at 20 %",
        new Instrument(new GaussianBlur(2), new GaussianLikelihood(0.2 * (high - low))));
    all.put(
        "blurred pooling",
        new Instrument(Composition.of(new GaussianBlur(1), new AveragePooling(2)), noise));
    // 100 photons at white, none at black.
    all.put(
        "photons",
        new Instrument(
            new GaussianBlur(2), new PoissonGaussianLikelihood((high - low) / 100, low, 0.01)));
    all.put("clipped", new Instrument(new ClippedGain(1, low, low + 0.6 * (high - low)), noise));
    return all;
  }

  private static PixelMask visible(double share, int size) {
    return PixelMask.random(size, size, share, RandomStream.of(1, 0));
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    int size = Integer.parseInt(arguments[1]);
    Path folder = Path.of(System.getProperty("prior", "models/microscopy-64"));
    ComputeDevice device = ComputeDevice.select("auto");
    try (ConsistencyModel model =
            InstalledPrior.of(folder).openConsistencyModel(device, NetworkConsent.GIVEN);
        DiffusionModel denoiser =
            InstalledPrior.of(folder).openDenoiser(device, NetworkConsent.GIVEN);
        NetworkOperator neuralBlur = Instruments.neuralBlur()) {
      double low = model.constants().low();
      String white = System.getProperty("white");
      double high = white == null ? model.constants().high() : Double.parseDouble(white);
      List<RealImage> images = RealImage.all(Path.of(arguments[0]), arguments[4], size, low, high);
      System.out.println(
          "| operator | size | method | gain on Richardson-Lucy, dB | PSNR of the mean, dB | 90 %"
              + " coverage | width | CRPS | misfit | passes a sample | passes an effective sample |"
              + " p or R-hat | processor seconds | seconds | in PyTorch, % |");
      System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
      for (String operator : arguments[2].split(";")) {
        Map<String, Instrument> instruments = instruments(size, low, high, neuralBlur);
        Instrument instrument =
            Optional.ofNullable(instruments.get(operator))
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "No operator is named %s: %s."
                                .formatted(operator, instruments.keySet())));
        for (String method : arguments[3].split(";")) {
          double[] means = new double[SCORES];
          for (int i = 0; i < images.size(); i++) {
            double[] scores =
                scores(
                    new NetworkPrior(model, denoiser),
                    images.get(i),
                    i,
                    instrument,
                    high - low,
                    method);
            for (int score = 0; score < SCORES; score++) {
              means[score] += scores[score] / images.size();
            }
            if (Boolean.getBoolean("each")) {
              print(operator, size, method + " " + images.get(i).name(), scores);
            }
          }
          print(operator, size, method, means);
        }
      }
    }
  }

  private static void print(String operator, int size, String method, double[] scores) {
    Object[] cells = Arrays.stream(scores).boxed().toArray();
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %s | ".formatted(operator, size, method).replace("%", "%%")
            + "%+.2f | %.2f | %.1f | %.2f | %.3f | %.3f | %.0f | %.0f | %.3g | %.1f | %.1f | %.1f"
            + " |%n",
        cells);
  }

  private static double[] scores(
      NetworkPrior prior,
      RealImage image,
      int number,
      Instrument instrument,
      double range,
      String method) {
    int size = (int) Math.round(Math.sqrt(image.pixels().length));
    Shape shape = new Shape(1, size, size);
    float[] y;
    double rival;
    try (NDManager scope = prior.newScope()) {
      NDArray truth = DeviceArrays.copyOf(scope, image.pixels(), new Shape(1).addAll(shape));
      y =
          instrument
              .noise()
              .simulate(
                  instrument.operator().apply(truth).toFloatArray(), RandomStream.of(11, number));
      rival = richardsonLucy(instrument, y, truth, range).orElse(Double.NaN);
    }
    Clock clock = Clock.started();
    Draws draws =
        method.startsWith("default")
            ? byDefault(prior, instrument, y, shape, Integer.parseInt(method.split(":")[1]))
            : atLevel(prior, instrument, y, shape, method.split(":"));
    double[] times = clock.stopped();
    float[][] samples = draws.samples();
    float[] mean = mean(samples);
    double psnr = PeakSignalToNoise.of(mean, image.pixels());
    return new double[] {
      psnr - rival,
      psnr,
      100 * coverage(samples, image.pixels()),
      100 * width(samples) / range,
      100 * RankedProbabilityScore.mean(samples, image.pixels()) / range,
      misfit(prior, instrument, samples, y, shape),
      draws.passes(),
      draws.passes() * samples.length / draws.worth(),
      draws.check(),
      times[0],
      times[1],
      times[2]
    };
  }

  private static Draws byDefault(
      NetworkPrior prior, Instrument instrument, float[] y, Shape shape, int samples) {
    LevelProblem problem =
        new LevelProblem(prior, instrument.operator(), instrument.likelihood(), y, shape);
    Posterior posterior =
        new Posterior(
                new CroppedPrior(prior.consistency().oneStep(), shape),
                instrument.operator(),
                instrument.likelihood(),
                y,
                prior::newScope)
            .withStarts(new SplitGibbsStarts(problem));
    SamplerSettings settings = SamplerSettings.standard(samples, 1);
    List<List<float[]>> chains = new ArrayList<>();
    for (int chain = 0; chain < settings.chains(); chain++) {
      chains.add(new ArrayList<>());
    }
    SamplerReport report =
        new PosteriorSampler(settings)
            .run(
                posterior, sample -> chains.get(sample.chain()).add(sample.image()), Progress.NONE);
    ChainDiagnostics median =
        PixelDiagnostics.of(
                chains.stream()
                    .map(chain -> chain.toArray(float[][]::new))
                    .toArray(float[][][]::new))
            .median();
    // A step of the start takes one pass less than a gradient.
    double passes = 3.0 * report.evaluations() - settings.start().steps();
    return new Draws(
        chains.stream().flatMap(List::stream).toArray(float[][]::new),
        passes * settings.chains() / samples,
        median.bulkSampleSize(),
        median.rHat());
  }

  private static Draws atLevel(
      NetworkPrior prior, Instrument instrument, float[] y, Shape shape, String[] method) {
    LevelSettings settings =
        new LevelSettings(
            Integer.parseInt(method[4]),
            Integer.parseInt(method[method.length > 5 ? 5 : 4]),
            Double.parseDouble(method[0]),
            Integer.parseInt(method[1]),
            Integer.parseInt(method[2]),
            method.length > 5 ? Integer.parseInt(method[6]) : 1,
            Double.parseDouble(method[3]),
            1);
    List<float[]> images = new ArrayList<>();
    LevelReport report =
        new LevelSampler(settings)
            .run(
                new LevelProblem(prior, instrument.operator(), instrument.likelihood(), y, shape),
                sample -> images.add(sample.image()),
                Progress.NONE);
    if (Boolean.getBoolean("each")) {
      report.comparison().ifPresent(System.out::println);
    }
    double each = (double) settings.samples() / settings.chains();
    double worth =
        settings.samples() / (1 + (each - 1) * Math.max(0, report.correlation().orElse(0)));
    return new Draws(
        images.toArray(float[][]::new),
        (double) report.passes() / settings.samples(),
        worth,
        report.comparison().map(WalkComparison::pValue).orElse(Double.NaN));
  }

  /** The best PSNR over the numbers of iterations, for linear operators. */
  private static OptionalDouble richardsonLucy(
      Instrument instrument, float[] y, NDArray truth, double range) {
    if (!(instrument.operator() instanceof LinearOperator linear)) {
      return OptionalDouble.empty();
    }
    NDManager scope = truth.getManager();
    float black = truth.min().getFloat();
    NDArray background = linear.apply(truth.onesLike().mul(black));
    NDArray light = DeviceArrays.copyOf(scope, y, background.getShape()).sub(background);
    double best = Double.NEGATIVE_INFINITY;
    for (int iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
      try (NDManager passing = scope.newSubManager()) {
        NDArray copy = light.duplicate();
        copy.attach(passing);
        NDArray estimate = RichardsonLucy.deconvolve(linear, copy, iterations).add(black);
        best = Math.max(best, PeakSignalToNoise.of(estimate.toFloatArray(), truth.toFloatArray()));
      }
    }
    return OptionalDouble.of(best);
  }

  private static double misfit(
      NetworkPrior prior, Instrument instrument, float[][] samples, float[] y, Shape shape) {
    double sum = 0;
    try (NDManager scope = prior.newScope()) {
      for (float[] sample : samples) {
        float[] predicted =
            instrument
                .operator()
                .apply(DeviceArrays.copyOf(scope, sample, new Shape(1).addAll(shape)))
                .toFloatArray();
        sum += instrument.likelihood().misfit(predicted, y) / samples.length;
      }
    }
    return sum;
  }

  private static double coverage(float[][] samples, float[] truth) {
    float[] mean = mean(samples);
    double[] reach = reach(samples);
    double inside = 0;
    for (int i = 0; i < truth.length; i++) {
      inside += Math.abs(truth[i] - mean[i]) <= reach[i] ? 1 : 0;
    }
    return inside / truth.length;
  }

  private static double width(float[][] samples) {
    return 2 * Arrays.stream(reach(samples)).average().orElseThrow();
  }

  /** Half of the width of each pixel's predictive interval. */
  private static double[] reach(float[][] samples) {
    int m = samples.length;
    double factor =
        new TDistribution(m - 1.0).inverseCumulativeProbability((1 + COVERAGE) / 2)
            * Math.sqrt(1 + 1.0 / m);
    float[] mean = mean(samples);
    double[] reach = new double[mean.length];
    for (int i = 0; i < reach.length; i++) {
      double squares = 0;
      for (float[] sample : samples) {
        squares += (sample[i] - mean[i]) * (sample[i] - mean[i]);
      }
      reach[i] = factor * Math.sqrt(squares / (m - 1));
    }
    return reach;
  }

  private static float[] mean(float[][] samples) {
    float[] mean = new float[samples[0].length];
    for (float[] sample : samples) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += sample[i] / samples.length;
      }
    }
    return mean;
  }
}
