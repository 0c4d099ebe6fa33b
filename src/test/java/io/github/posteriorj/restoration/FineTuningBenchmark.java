package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.library.PriorCard;
import io.github.posteriorj.library.PriorInstaller;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import io.github.posteriorj.solver.RichardsonLucy;
import io.github.posteriorj.solver.Solver;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TrainableNetwork;
import io.github.posteriorj.training.FineTunedPrior;
import io.github.posteriorj.training.FineTuning;
import io.github.posteriorj.training.FineTuningResult;
import io.github.posteriorj.training.FineTuningSettings;
import io.github.posteriorj.training.Frustules;
import io.github.posteriorj.training.TrainingImage;
import io.github.posteriorj.training.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Fine-tunes the bundled prior on a kind of image that it never saw, the shells of diatoms, with
 * the command's default settings, and prints how well other images of that kind are deblurred
 * before and after (Gaussian blur of 2 pixels, noise of 5 % of the range). Before, that is by both
 * of the bundled prior's networks at a level of the noise space, the default, and at sigma_max; a
 * fine-tuned prior has one network, which is sampled at sigma_max.
 *
 * <p>Arguments: the folder where the fine-tuned prior is to be left.
 */
public final class FineTuningBenchmark {

  private static final double PSF_SIGMA = 2;
  private static final double NOISE_SHARE = 0.05;
  private static final int SIZE = 48;
  private static final int TRAINING_SIZE = 128;
  private static final int TRAINING_IMAGES = 10;
  private static final int TEST_IMAGES = 4;
  private static final int SAMPLES = 8;
  private static final int RICHARDSON_LUCY = 100;
  private static final int PATCH = 32;
  private static final FineTuningSettings SETTINGS =
      new FineTuningSettings(500, 32, 3e-4, 3, 50, 1);

  private FineTuningBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    InstalledPrior parent = InstalledPrior.of(Path.of("models/microscopy-64"));
    ComputeDevice device = ComputeDevice.select("auto");
    List<TrainingImage> images =
        IntStream.range(0, TRAINING_IMAGES)
            .mapToObj(i -> Frustules.draw(TRAINING_SIZE, RandomStream.of(1, i)))
            .toList();
    PriorCard card = parent.card();
    TrainingSet set = TrainingSet.of(images, card, PATCH);
    long start = System.nanoTime();
    FineTuningResult result;
    try (TrainableNetwork network =
        parent.openTrainable(device, SETTINGS.learningRate(), NetworkConsent.GIVEN)) {
      result = FineTuning.of(network, card.constants(), set, SETTINGS).run(Progress.NONE);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "%d steps in %.0f s on the %s; validation loss %.4f, before %.4f%n%n",
        SETTINGS.steps(),
        seconds,
        device.label(),
        result.bestLoss(),
        result.parentLoss());
    Path tuned =
        new PriorInstaller(Path.of(arguments[0]), List.of())
            .install(
                "frustules",
                true,
                new FineTunedPrior("frustules", parent, "frustules", set, SETTINGS, result));
    System.out.println(
        "| image | measurement | RL best (iterations) | mean, bundled prior, at a level | at"
            + " sigma_max | mean, fine-tuned | misfit before, at a level | at sigma_max | after |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    try (ConsistencyModel before = parent.openConsistencyModel(device, NetworkConsent.GIVEN);
        ConsistencyModel after =
            InstalledPrior.of(tuned).openConsistencyModel(device, NetworkConsent.GIVEN)) {
      for (int i = 0; i < TEST_IMAGES; i++) {
        System.out.println(row(i, before, after));
      }
    }
  }

  private static String row(int number, ConsistencyModel before, ConsistencyModel after) {
    float[] truth = Frustules.draw(SIZE, RandomStream.of(2, number)).pixels();
    double least = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).min().orElseThrow();
    double most = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).max().orElseThrow();
    double noise = NOISE_SHARE * (most - least);
    Shape shape = new Shape(1, SIZE, SIZE);
    GaussianBlur blur = new GaussianBlur(PSF_SIGMA);
    float[] y;
    double[] rivals;
    try (NDManager scope = before.newScope()) {
      NDArray sharp = scope.create(truth, new Shape(1).addAll(shape));
      y =
          new GaussianLikelihood(noise)
              .simulate(blur.apply(sharp).toFloatArray(), RandomStream.of(11, number));
      NDArray raised = scope.create(y, new Shape(1).addAll(shape)).sub((float) least);
      rivals =
          IntStream.rangeClosed(1, RICHARDSON_LUCY)
              .mapToObj(iterations -> RichardsonLucy.deconvolve(blur, raised, iterations))
              .mapToDouble(
                  estimate ->
                      PeakSignalToNoise.of(estimate.add((float) least).toFloatArray(), truth))
              .toArray();
    }
    int best =
        IntStream.range(0, rivals.length)
            .reduce((a, b) -> rivals[a] >= rivals[b] ? a : b)
            .orElseThrow();
    Measurement measurement = new Measurement(y, shape);
    IntensityRange range = new IntensityRange(least, most);
    Solver level = LevelLangevin.standard();
    Solver highest = NoiseSpaceLangevin.standard();
    PosteriorSummary usual = restored(before, level, blur, measurement, noise, range);
    PosteriorSummary old = restored(before, highest, blur, measurement, noise, range);
    PosteriorSummary tuned = restored(after, highest, blur, measurement, noise, range);
    return String.format(
        Locale.ROOT,
        "| %d | %.2f | %.2f (%d) | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
        number + 1,
        PeakSignalToNoise.of(y, truth),
        rivals[best],
        best + 1,
        PeakSignalToNoise.of(Planes.pixels(usual.mean()), truth),
        PeakSignalToNoise.of(Planes.pixels(old.mean()), truth),
        PeakSignalToNoise.of(Planes.pixels(tuned.mean()), truth),
        usual.misfit(),
        old.misfit(),
        tuned.misfit());
  }

  private static PosteriorSummary restored(
      ConsistencyModel model,
      Solver solver,
      GaussianBlur blur,
      Measurement measurement,
      double noise,
      IntensityRange range) {
    return Restorations.of(model, 1, blur, solver, SAMPLES, 1)
        .run(measurement, new GaussianNoise(noise), Optional.of(range), Progress.NONE);
  }
}
