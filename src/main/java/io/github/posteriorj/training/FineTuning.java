package io.github.posteriorj.training;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.PriorConstants;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.DeviceMemory;
import io.github.posteriorj.tensor.MemoryNeed;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TrainableNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Continues the consistency training of a prior on other images (consistency tuning, Geng et al.
 * 2025), and keeps the weights that validate best.
 *
 * <pre>{@code
 * try (TrainableNetwork network = prior.openTrainable(device, settings.learningRate(), consent)) {
 *   FineTuning tuning = FineTuning.of(network, prior.card().constants(), images, settings);
 *   FineTuningResult result = tuning.run(Progress.NONE);
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads at once, except for {@link #result}.
 */
public final class FineTuning {

  /** Patches that judge. */
  private static final int VALIDATION_PATCHES = 64;

  /** Patches that judge at once. */
  private static final int VALIDATION_BATCH = 16;

  /** The averages forget a step after about this share of the run. */
  private static final double MEMORY = 0.1;

  private static final long TRAINING_STREAM = 0;
  private static final long VALIDATION_STREAM = 1;

  private final PriorConstants constants;
  private final TrainingSet images;
  private final FineTuningSettings settings;
  private final TrainableNetwork network;
  private final NoisePairs pairs;
  private final Shape patch;
  private final List<TrainingBatch> judges;
  private final List<FineTuningResult.Loss> training = new ArrayList<>();
  private final List<FineTuningResult.Loss> validation = new ArrayList<>();
  private volatile FineTuningResult result;

  private FineTuning(
      TrainableNetwork network,
      PriorConstants constants,
      TrainingSet images,
      FineTuningSettings settings) {
    this.network = network;
    this.constants = constants;
    this.images = images;
    this.settings = settings;
    this.pairs = NoisePairs.of(constants, settings.gap());
    this.patch = new Shape(images.channels(), images.patch(), images.patch());
    this.judges = judges();
    this.result = new FineTuningResult(Optional.empty(), 0, List.of(), List.of());
  }

  /**
   * Prepares the training of a network.
   *
   * @param network what to train, at the settings' learning rate; the caller closes it
   * @param constants the constants that belong to it
   * @param images what it is to learn
   * @param settings how
   */
  public static FineTuning of(
      TrainableNetwork network,
      PriorConstants constants,
      TrainingSet images,
      FineTuningSettings settings) {
    return new FineTuning(network, constants, images, settings);
  }

  /** What has been reached so far; another thread may ask. */
  public FineTuningResult result() {
    return result;
  }

  /**
   * Trains to the end.
   *
   * @param progress hears of each step; what was reached is kept if it ends the training
   * @throws ArithmeticException if the loss is no longer finite
   * @throws IllegalArgumentException if the memory does not suffice for a batch, saying what to do
   */
  public FineTuningResult run(Progress progress) {
    double numbers = (double) settings.batch() * patch.size();
    return new MemoryNeed(
            numbers * constants.gradientBytesPerPixel(),
            "training on %d patches of %d x %d at once"
                .formatted(settings.batch(), images.patch(), images.patch()),
            "Use a smaller batch or patch_size.")
        .guard(DeviceMemory.of(network.device()), () -> train(progress));
  }

  private FineTuningResult train(Progress progress) {
    RandomStream random = RandomStream.of(settings.seed(), TRAINING_STREAM);
    judge(0);
    double since = 0;
    int count = 0;
    for (int step = 1; step <= settings.steps(); step++) {
      since += batch(random).train(network);
      count++;
      network.average(decay(step));
      if (step % settings.validationInterval() == 0 || step == settings.steps()) {
        training.add(new FineTuningResult.Loss(step, since / count));
        since = 0;
        count = 0;
        judge(step);
      }
      progress.advanced("Fine-tuning", step, settings.steps());
    }
    return result;
  }

  /** Grows to its end value, so that the first steps are not weighted by the parent's weights. */
  private double decay(int step) {
    double end = 1 - 1 / Math.max(1, MEMORY * settings.steps());
    return Math.min(end, step / (step + 10.0));
  }

  private TrainingBatch batch(RandomStream random) {
    return TrainingBatch.of(
        settings.batch(),
        patch,
        i -> images.trainingPatch(random),
        i -> pairs.draw(random),
        random);
  }

  /**
   * The same patches, noise and levels each time; the levels spread evenly over their quantiles.
   */
  private List<TrainingBatch> judges() {
    RandomStream random = RandomStream.of(settings.seed(), VALIDATION_STREAM);
    List<TrainingBatch> batches = new ArrayList<>();
    for (int first = 0; first < VALIDATION_PATCHES; first += VALIDATION_BATCH) {
      batches.add(
          TrainingBatch.of(
              VALIDATION_BATCH,
              patch,
              i -> images.validationPatch(random),
              i -> pairs.draw(random),
              random));
    }
    return batches;
  }

  private void judge(int step) {
    double loss =
        network.withAverage(
            () ->
                judges.stream()
                    .mapToDouble(judge -> judge.evaluate(network))
                    .average()
                    .orElseThrow());
    boolean best = step > 0 && validation.stream().allMatch(before -> loss < before.value());
    validation.add(new FineTuningResult.Loss(step, loss));
    result =
        new FineTuningResult(
            best ? Optional.of(network.saveAverage()) : result.network(),
            best ? step : result.bestStep(),
            List.copyOf(training),
            List.copyOf(validation));
  }
}
