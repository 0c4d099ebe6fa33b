package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.TestImages;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.metric.Coverage;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.RankedProbabilityScore;
import io.github.posteriorj.metric.RegionMeans;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.operator.MaskedValues;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.PriorDraws;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.sampler.Preconditioning;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.WarmStart;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import io.github.posteriorj.solver.RichardsonLucy;
import io.github.posteriorj.solver.Solver;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.imglib2.view.Views;

/**
 * Coverage of credible intervals on the test images, which the prior never saw: 48 x 48 pixels from
 * the middle of each, noise of 5 % of the image's range, several operators, and several ways to a
 * spread; widths and scores in percent of the image's range.
 *
 * <p>Arguments: a CSV file, to which each case adds a line and in which cases of an earlier start
 * are looked up; the operators, the methods, the images, each comma-separated; the images draw-1,
 * draw-2 ... are drawn from the prior. Prints the means over the images.
 */
public final class CoverageBenchmark {

  private static final int SIZE = 48;
  private static final int SEED = 1;
  private static final int REGION = 8;
  private static final double NOISE_SHARE = 0.05;

  /** With 39 samples the ends of all four intervals are order statistics. */
  private static final int SAMPLES = 39;

  private static final double[] LEVELS = {0.5, 0.8, 0.9, 0.95};
  private static final int MOST_ITERATIONS = 50;

  /** A step that leaves a chain where it is. */
  private static final double STANDSTILL = 1e-9;

  /**
   * PSNR, then coverage, width and score of pixels and of regions, effective samples, gradients.
   */
  private static final int SCORES = 1 + 2 * (LEVELS.length + 2) + 2;

  /** How the name of a truth begins that is drawn from the prior. */
  private static final String DRAW = "draw-";

  private static final Map<String, LinearOperator> OPERATORS =
      Map.of(
          "deblur",
          new GaussianBlur(2),
          "super-resolution",
          new AveragePooling(4),
          "inpainting",
          PixelMask.random(SIZE, SIZE, 0.2, RandomStream.of(1, 0)),
          "denoise",
          new Identity());

  /** A way to samples of the image behind a measurement. */
  private interface Method {
    Draws draw(ConsistencyModel model, Problem problem);
  }

  /**
   * Samples, and what they took.
   *
   * @param samples [samples][pixels]
   * @param effective bulk effective sample size of the median pixel; NaN if the samples are
   *     independent
   * @param gradients of each chain; NaN if it is no chain that made the samples
   */
  private record Draws(float[][] samples, double effective, double gradients) {

    /** The same with other samples. */
    Draws with(float[][] others) {
      return new Draws(others, effective, gradients);
    }
  }

  private static final Map<String, Method> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("posterior", restoration(settings -> settings, 1, GaussianNoise::new));
    METHODS.put("at a level", restoration(LevelLangevin.standard(), 1, GaussianNoise::new));
    METHODS.put(
        "noise x 1.5",
        restoration(settings -> settings, 1, noise -> new GaussianNoise(1.5 * noise)));
    METHODS.put(
        "noise x 2", restoration(settings -> settings, 1, noise -> new GaussianNoise(2 * noise)));
    METHODS.put(
        "noise estimated", restoration(LevelLangevin.standard(), 1, noise -> new GaussianNoise(0)));
    METHODS.put(
        "noise integrated out",
        restoration(LevelLangevin.standard(), 1, noise -> new UnknownGaussianNoise()));
    METHODS.put("two steps", restoration(settings -> settings, 2, GaussianNoise::new));
    METHODS.put("spread x 1.5", (model, problem) -> widened(model, problem, 1.5f));
    METHODS.put(
        "maximum-likelihood starts",
        restoration(
            settings -> settings.withStart(WarmStart.MAXIMUM_LIKELIHOOD, 100),
            1,
            GaussianNoise::new));
    METHODS.put(
        "randomise-then-optimise starts",
        restoration(
            settings -> settings.withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 100),
            1,
            GaussianNoise::new));
    METHODS.put(
        "annealed starts",
        restoration(
            settings -> settings.withStart(WarmStart.ANNEALED_HAMILTONIAN, 105),
            1,
            GaussianNoise::new));
    METHODS.put(
        "starts alone",
        restoration(
            settings ->
                settings
                    .withIntegrator(Integrator.EULER_MARUYAMA, STANDSTILL)
                    .withPreconditioning(Preconditioning.NONE)
                    .withChains(SAMPLES)
                    .withTransitions(0, 1),
            1,
            GaussianNoise::new));
    METHODS.put(
        "long chains",
        restoration(settings -> settings.withTransitions(24, 4), 1, GaussianNoise::new));
    METHODS.put(
        "HMC",
        restoration(
            settings -> settings.withIntegrator(Integrator.HAMILTONIAN, 0), 1, GaussianNoise::new));
    METHODS.put("bootstrap", CoverageBenchmark::bootstrap);
  }

  private CoverageBenchmark() {}

  /** A truth and a measurement of it, in the image's units. */
  private record Problem(
      float[] truth,
      LinearOperator operator,
      float[] y,
      Shape yShape,
      double noise,
      IntensityRange range) {

    /** What was observed: nothing where a mask hides. */
    Measurement measurement() {
      return new Measurement(MaskedValues.withGaps(operator, y), yShape);
    }

    double least() {
      return IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).min().orElseThrow();
    }

    double most() {
      return IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).max().orElseThrow();
    }
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    List<String> operators = List.of(arguments[1].split(","));
    List<String> methods = List.of(arguments[2].split(","));
    List<String> images = List.of(arguments[3].split(","));
    Map<String, double[]> done = read(file);
    try (ConsistencyModel model =
        InstalledPrior.of(Path.of("models/microscopy-64"))
            .openConsistencyModel(ComputeDevice.select("auto"), NetworkConsent.GIVEN)) {
      for (String operator : operators) {
        for (String method : methods) {
          for (String image : images) {
            String key = operator + "," + method + "," + image;
            if (!done.containsKey(key)) {
              double[] scores = scores(model, operator, method, image);
              done.put(key, scores);
              append(file, key, scores);
            }
          }
        }
      }
    }
    print(operators, methods, images, done);
  }

  private static double[] scores(
      ConsistencyModel model, String operator, String method, String image) {
    Problem problem = problem(model, OPERATORS.get(operator), image);
    Draws draws = METHODS.get(method).draw(model, problem);
    float[][] samples = draws.samples();
    RegionMeans regions = new RegionMeans(SIZE, SIZE, REGION);
    float[][] regionSamples = Arrays.stream(samples).map(regions::of).toArray(float[][]::new);
    float[] regionTruth = regions.of(problem.truth());
    double percent = 100 / (problem.most() - problem.least());
    List<Double> scores = new ArrayList<>();
    scores.add(PeakSignalToNoise.of(mean(samples), problem.truth()));
    addScores(scores, samples, problem.truth(), percent);
    addScores(scores, regionSamples, regionTruth, percent);
    scores.add(draws.effective());
    scores.add(draws.gradients());
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Adds the coverage of all levels, the width at 90 %, and the score. */
  private static void addScores(
      List<Double> scores, float[][] samples, float[] truth, double percent) {
    for (double level : LEVELS) {
      scores.add(100 * Coverage.of(samples, truth, level).share());
    }
    scores.add(percent * Coverage.of(samples, truth, 0.9).meanWidth());
    scores.add(percent * RankedProbabilityScore.mean(samples, truth));
  }

  private static Problem problem(ConsistencyModel model, LinearOperator operator, String image) {
    Shape shape = new Shape(1, SIZE, SIZE);
    boolean drawn = image.startsWith(DRAW);
    float[] truth =
        drawn
            ? new PriorDraws(model, new CroppedPrior(model.oneStep(), shape), 13)
                .draw(Integer.parseInt(image.substring(DRAW.length())))
            : TestImages.middle(image, SIZE);
    Problem clean =
        new Problem(truth, operator, new float[0], operator.outputShape(shape), 0, null);
    IntensityRange range =
        drawn
            ? new IntensityRange(model.constants().low(), model.constants().high())
            : new IntensityRange(clean.least(), clean.most());
    double noise = NOISE_SHARE * (range.white() - range.black());
    try (NDManager scope = model.newScope()) {
      NDArray x = DeviceArrays.copyOf(scope, truth, new Shape(1).addAll(shape));
      float[] y = measure(operator, x, noise, RandomStream.of(11, 0));
      return new Problem(truth, operator, y, clean.yShape(), noise, range);
    }
  }

  private static float[] measure(
      LinearOperator operator, NDArray x, double noise, RandomStream random) {
    float[] y = new GaussianLikelihood(noise).simulate(operator.apply(x).toFloatArray(), random);
    if (operator instanceof PixelMask) {
      // What is hidden has no noise either.
      return operator.apply(DeviceArrays.copyOf(x.getManager(), y, x.getShape())).toFloatArray();
    }
    return y;
  }

  /**
   * The samples of a posterior, with the recommended settings changed.
   *
   * @param noise what the restoration is told, of the true standard deviation
   */
  private static Method restoration(
      UnaryOperator<SamplerSettings> change,
      int generationSteps,
      DoubleFunction<NoiseModel> noise) {
    return restoration(
        NoiseSpaceLangevin.of(change.apply(SamplerSettings.standard(SAMPLES, SEED))),
        generationSteps,
        noise);
  }

  private static Method restoration(
      Solver solver, int generationSteps, DoubleFunction<NoiseModel> noise) {
    return (model, problem) -> {
      PosteriorSummary summary =
          Restorations.of(model, generationSteps, problem.operator(), solver, SAMPLES, SEED)
              .run(
                  problem.measurement(),
                  noise.apply(problem.noise()),
                  Optional.of(problem.range()),
                  Progress.NONE);
      float[][] samples =
          IntStream.range(0, SAMPLES)
              .mapToObj(i -> Planes.pixels(Views.hyperSlice(summary.samples(), 2, i)))
              .toArray(float[][]::new);
      return new Draws(
          samples,
          summary.diagnostics().pixels().median().bulkSampleSize(),
          summary.report().gradients());
    };
  }

  /** The samples with their deviations from the mean multiplied. */
  private static Draws widened(ConsistencyModel model, Problem problem, float factor) {
    Draws draws = METHODS.get("posterior").draw(model, problem);
    float[][] samples = draws.samples();
    float[] mean = mean(samples);
    float[][] widened = new float[samples.length][mean.length];
    for (int sample = 0; sample < samples.length; sample++) {
      for (int i = 0; i < mean.length; i++) {
        widened[sample][i] = mean[i] + factor * (samples[sample][i] - mean[i]);
      }
    }
    return draws.with(widened);
  }

  /**
   * A parametric bootstrap of Richardson-Lucy, at the number of iterations that is best when the
   * truth is known: each sample restores a new measurement, simulated from the first restoration.
   */
  private static Draws bootstrap(ConsistencyModel model, Problem problem) {
    try (NDManager scope = model.newScope()) {
      int best =
          IntStream.rangeClosed(1, MOST_ITERATIONS)
              .boxed()
              .max((a, b) -> Double.compare(quality(scope, problem, a), quality(scope, problem, b)))
              .orElseThrow();
      NDArray first = restored(scope, problem, problem.y(), best);
      float[][] samples = new float[SAMPLES][];
      for (int i = 0; i < SAMPLES; i++) {
        float[] y = measure(problem.operator(), first, problem.noise(), RandomStream.of(12, i));
        samples[i] = restored(scope, problem, y, best).toFloatArray();
      }
      return new Draws(samples, Double.NaN, Double.NaN);
    }
  }

  private static double quality(NDManager scope, Problem problem, int iterations) {
    NDArray estimate = restored(scope, problem, problem.y(), iterations);
    return PeakSignalToNoise.of(estimate.toFloatArray(), problem.truth());
  }

  /** Richardson-Lucy with the background subtracted on the way. */
  private static NDArray restored(NDManager scope, Problem problem, float[] y, int iterations) {
    NDArray background =
        problem.operator().apply(scope.full(new Shape(1, 1, SIZE, SIZE), (float) problem.least()));
    NDArray raised =
        DeviceArrays.copyOf(scope, y, new Shape(1).addAll(problem.yShape())).sub(background);
    return RichardsonLucy.deconvolve(problem.operator(), raised, iterations)
        .add((float) problem.least());
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

  private static Map<String, double[]> read(Path file) throws IOException {
    Map<String, double[]> done = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.split(",");
        done.put(
            cells[0] + "," + cells[1] + "," + cells[2],
            Arrays.stream(cells).skip(3).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return done;
  }

  private static void append(Path file, String key, double[] scores) throws IOException {
    String row = Arrays.stream(scores).mapToObj(Double::toString).collect(Collectors.joining(","));
    Files.writeString(
        file, key + "," + row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void print(
      List<String> operators,
      List<String> methods,
      List<String> images,
      Map<String, double[]> done) {
    System.out.println(
        "| operator | method | PSNR of the mean | pixels inside 50, 80, 90, 95 % | width of 90 % |"
            + " CRPS | regions inside 50, 80, 90, 95 % | width of 90 % | CRPS | effective samples |"
            + " gradients |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (String operator : operators) {
      for (String method : methods) {
        double[] means = new double[SCORES];
        for (String image : images) {
          double[] scores = done.get(operator + "," + method + "," + image);
          for (int i = 0; i < means.length; i++) {
            means[i] += scores[i] / images.size();
          }
        }
        Object[] cells = Arrays.stream(means).boxed().toArray();
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | ".formatted(operator, method)
                + "%.2f | %.0f, %.0f, %.0f, %.0f | %.1f | %.2f |"
                + " %.0f, %.0f, %.0f, %.0f | %.1f | %.2f | %.0f | %.0f |%n",
            cells);
      }
    }
  }
}
