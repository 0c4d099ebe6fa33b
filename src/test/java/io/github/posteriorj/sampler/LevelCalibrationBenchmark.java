package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.metric.RankHistogram;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.DiffusionModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.level.LevelProblem;
import io.github.posteriorj.sampler.level.LevelSampler;
import io.github.posteriorj.sampler.level.LevelSettings;
import io.github.posteriorj.sampler.level.NetworkPrior;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Simulation-based calibration of the sampler at a level of the noise space, with truths that the
 * bundled prior's denoiser draws by the probability flow.
 *
 * <p>To its end, the flow shares no map from noise to image with the sampler, whose own is the
 * consistency model: ranks tell of the two networks' agreement, too. Down to the chain's level
 * alone, from where the consistency model maps to the image, truths have the very law that the
 * sampler's prior has: ranks tell of the sampler alone.
 *
 * <p>Arguments: a CSV file, to which each run adds a line and from which runs of an earlier start
 * are read; the name of an operator; the number of runs; the images' side; the level, the sweeps,
 * the steps and their size; {@code flow} or {@code level}, to where the flow goes. A line has the
 * ranks of {@link SimulatedTruth#FUNCTIONALS} but the last, and how many pixels, and regions of 8 x
 * 8 pixels, had each rank. Prints the histograms of them all.
 */
public final class LevelCalibrationBenchmark {

  private static final int SAMPLES = 15;
  private static final int BINS = 8;
  private static final int REGION = 8;
  private static final int HEUN_STEPS = 24;

  /** 5 % of the range that the card maps an image's intensities to. */
  private static final double NOISE = 0.065;

  /** Streams far from those of the chains, which are counted from 0. */
  private static final long TRUTH_STREAM = 1L << 40;

  private static final List<String> NAMES = SimulatedTruth.FUNCTIONALS.subList(0, 6);

  private LevelCalibrationBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    int runs = Integer.parseInt(arguments[2]);
    int side = Integer.parseInt(arguments[3]);
    boolean toTheEnd = Map.of("flow", true, "level", false).get(arguments[8]);
    Path folder = Path.of("models/microscopy-64");
    ComputeDevice device = ComputeDevice.select("auto");
    List<int[]> rows = rows(file);
    try (ConsistencyModel model =
            InstalledPrior.of(folder).openConsistencyModel(device, NetworkConsent.GIVEN);
        DiffusionModel denoiser =
            InstalledPrior.of(folder).openDenoiser(device, NetworkConsent.GIVEN)) {
      for (int run = rows.size(); run < runs; run++) {
        LevelSettings settings =
            new LevelSettings(
                SAMPLES,
                SAMPLES,
                Double.parseDouble(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                1,
                Double.parseDouble(arguments[7]),
                run);
        NetworkPrior prior = new NetworkPrior(model, denoiser);
        Shape image = new Shape(1, side, side);
        float[] truth =
            toTheEnd ? flow(denoiser, image, run) : throughLevel(prior, denoiser, image, settings);
        int[] row = row(prior, operator(arguments[1], side), truth, side, settings);
        rows.add(row);
        Files.writeString(
            file,
            Arrays.stream(row).mapToObj(Integer::toString).collect(Collectors.joining(",")) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    }
    print(rows);
  }

  private static ForwardOperator operator(String name, int side) {
    return Map.of(
            "blur",
            new GaussianBlur(2),
            "pooling",
            new AveragePooling(4),
            "mask",
            PixelMask.random(side, side, 0.2, RandomStream.of(1, 0)),
            "camera",
            new ClippedGain(2, -1, 1))
        .get(name);
  }

  private static List<int[]> rows(Path file) throws IOException {
    List<int[]> rows = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        rows.add(Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray());
      }
    }
    return rows;
  }

  /** The functionals' ranks, then the pixels' and the regions' numbers of each rank. */
  private static int[] row(
      NetworkPrior prior,
      ForwardOperator operator,
      float[] truth,
      int side,
      LevelSettings settings) {
    Shape image = new Shape(1, side, side);
    GaussianLikelihood likelihood = new GaussianLikelihood(NOISE);
    float[] predicted = predicted(prior, operator, truth, image);
    float[] y = likelihood.simulate(predicted, RandomStream.of(settings.seed(), TRUTH_STREAM + 1));
    List<PosteriorSample> samples = new ArrayList<>();
    new LevelSampler(settings)
        .run(new LevelProblem(prior, operator, likelihood, y, image), samples::add, Progress.NONE);
    double misfit = likelihood.misfit(predicted, y) * y.length / 2;
    List<double[]> functionals =
        samples.stream().map(sample -> SimulatedTruth.functionals(sample, side)).toList();
    int[] row = new int[NAMES.size() + 2 * (SAMPLES + 1)];
    double[] ofTruth = SimulatedTruth.functionals(new PosteriorSample(0, truth, misfit, 0), side);
    for (int i = 0; i < NAMES.size(); i++) {
      row[i] = rank(ofTruth, functionals, i);
    }
    List<double[]> pixels = samples.stream().map(sample -> doubles(sample.image())).toList();
    count(row, NAMES.size(), doubles(truth), pixels);
    List<double[]> regions = pixels.stream().map(pixel -> regions(pixel, side)).toList();
    count(row, NAMES.size() + SAMPLES + 1, regions(doubles(truth), side), regions);
    return row;
  }

  private static void count(int[] row, int start, double[] truth, List<double[]> samples) {
    for (int i = 0; i < truth.length; i++) {
      row[start + rank(truth, samples, i)]++;
    }
  }

  private static int rank(double[] truth, List<double[]> samples, int i) {
    return RankHistogram.rank(
        truth[i], samples.stream().mapToDouble(sample -> sample[i]).toArray());
  }

  private static float[] flow(DiffusionModel denoiser, Shape image, long seed) {
    try (NDManager scope = denoiser.newScope()) {
      float[] noise = RandomStream.of(seed, TRUTH_STREAM).gaussian((int) image.size());
      NDArray z = DeviceArrays.copyOf(scope, noise, new Shape(1).addAll(image));
      return denoiser.probabilityFlow(HEUN_STEPS).generate(z).toFloatArray();
    }
  }

  /** f(x + level e, level) of the flow's end x: what is noisy there has the denoiser's own law. */
  private static float[] throughLevel(
      NetworkPrior prior, DiffusionModel denoiser, Shape image, LevelSettings settings) {
    float[] noisy = flow(denoiser, image, settings.seed());
    float[] noise = RandomStream.of(settings.seed(), TRUTH_STREAM + 2).gaussian((int) image.size());
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += (float) settings.level() * noise[i];
    }
    try (NDManager scope = prior.newScope()) {
      NDArray x = DeviceArrays.copyOf(scope, noisy, new Shape(1).addAll(image));
      return prior.clean(x, settings.level()).toFloatArray();
    }
  }

  private static float[] predicted(
      NetworkPrior prior, ForwardOperator operator, float[] truth, Shape image) {
    try (NDManager scope = prior.newScope()) {
      return operator
          .apply(DeviceArrays.copyOf(scope, truth, new Shape(1).addAll(image)))
          .toFloatArray();
    }
  }

  private static double[] regions(double[] pixels, int side) {
    int regions = side / REGION;
    double[] means = new double[regions * regions];
    for (int i = 0; i < pixels.length; i++) {
      means[i / side / REGION * regions + i % side / REGION] += pixels[i] / (REGION * REGION);
    }
    return means;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static void print(List<int[]> rows) {
    System.out.println("| functional | ranks in " + BINS + " bins | p |");
    System.out.println("|---|---|---|");
    for (int i = 0; i < NAMES.size(); i++) {
      int functional = i;
      RankHistogram histogram =
          RankHistogram.of(rows.stream().mapToInt(row -> row[functional]).toArray(), SAMPLES, BINS);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.3g |%n",
          NAMES.get(i),
          Arrays.toString(histogram.counts()),
          histogram.pValue());
    }
    printShares("pixels", rows, NAMES.size());
    printShares("means of 8 x 8", rows, NAMES.size() + SAMPLES + 1);
  }

  /** Shares of the ranks, times their number: 1 each if the sampler is exact. */
  private static void printShares(String name, List<int[]> rows, int start) {
    double[] sums = new double[SAMPLES + 1];
    for (int[] row : rows) {
      for (int i = 0; i <= SAMPLES; i++) {
        sums[i] += row[start + i];
      }
    }
    double all = Arrays.stream(sums).sum() / (SAMPLES + 1);
    System.out.printf(
        Locale.ROOT,
        "%s: %s%n",
        name,
        Arrays.stream(sums)
            .mapToObj(sum -> String.format(Locale.ROOT, "%.3f", sum / all))
            .collect(Collectors.joining(" ")));
  }
}
