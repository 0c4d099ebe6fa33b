package io.github.posteriorj.prior.training;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.PriorCard;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.MemoryNeed;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TrainableNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Continues the consistency training of a prior on other images (consistency tuning, Geng et al.
 * 2025), and keeps the weights that validate best.
 *
 * <pre>{@code
 * try (FineTuning tuning = FineTuning.begin(card, images, settings, device)) {
 *   FineTuningResult result = tuning.run(Progress.NONE);
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads at once, except for {@link #result}.
 */
public final class FineTuning implements AutoCloseable {

  /** Patches that judge. */
  private static final int VALIDATION_PATCHES = 64;

  /** Patches that judge at once. */
  private static final int VALIDATION_BATCH = 16;

  /** The averages forget a step after about this share of the run. */
  private static final double MEMORY = 0.1;

  private static final long TRAINING_STREAM = 0;
  private static final long VALIDATION_STREAM = 1;

  private final PriorCard card;
  private final ComputeDevice device;
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
      PriorCard card,
      TrainingSet images,
      FineTuningSettings settings,
      TrainableNetwork network,
      ComputeDevice device) {
    this.card = card;
    this.device = device;
    this.images = images;
    this.settings = settings;
    this.network = network;
    this.pairs = NoisePairs.of(card, settings.gap());
    this.patch = new Shape(images.channels(), images.patch(), images.patch());
    this.judges = judges();
    this.result = new FineTuningResult(Optional.empty(), 0, List.of(), List.of());
  }

  /**
   * Loads the network of a prior.
   *
   * @param card the prior to begin with
   * @param images what it is to learn
   * @param settings how
   * @param device where
   * @throws IOException if the network cannot be read, is not the card's, or has no parameters
   */
  public static FineTuning begin(
      PriorCard card, TrainingSet images, FineTuningSettings settings, ComputeDevice device)
      throws IOException {
    card.checkNetwork();
    TrainableNetwork network =
        TrainableNetwork.load(card.network(), device, settings.learningRate());
    return new FineTuning(card, images, settings, network, device);
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
            numbers * card.gradientBytesPerPixel(),
            "training on %d patches of %d x %d at once"
                .formatted(settings.batch(), images.patch(), images.patch()),
            "Use a smaller batch or patch_size.")
        .guard(device.isCpu(), () -> train(progress));
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

  @Override
  public void close() {
    network.close();
  }

  /** The loss of the present weights. */
  double evaluate(TrainingBatch batch) {
    return batch.evaluate(network);
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
            () -> judges.stream().mapToDouble(this::evaluate).average().orElseThrow());
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
