package io.github.posteriorj.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.github.posteriorj.benchmark.CellResult.Status;
import io.github.posteriorj.benchmark.Claim.CompleteMethod;
import io.github.posteriorj.benchmark.Claim.ImageHash;
import io.github.posteriorj.benchmark.Claim.NetworkHash;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.job.Instrument;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.NetworkChoice;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.job.RestorationJob;
import io.github.posteriorj.library.NetworkFile;
import io.github.posteriorj.library.PriorCard;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.OutlierTreatment;
import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.sampler.UnsuitableProblemException;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A benchmark with its images, ready to run.
 *
 * <pre>{@code
 * BenchmarkConfiguration configuration = BenchmarkConfiguration.read(file, resources);
 * BenchmarkRun.of(configuration, configuration.tunedSettings(file), images)
 *     .into(folder, resources, Progress.NONE);
 * }</pre>
 *
 * <p>Methods see the same measurement of an image, draw by the same seed, and know the noise and
 * the range of intensities.
 */
public final class BenchmarkRun {

  private static final double NANOSECOND = 1e-9;

  private final BenchmarkConfiguration configuration;
  private final TunedSettings tuned;
  private final List<Truth> truths;

  private BenchmarkRun(
      BenchmarkConfiguration configuration, TunedSettings tuned, List<Truth> truths) {
    this.configuration = configuration;
    this.tuned = tuned;
    this.truths = truths;
  }

  /** What became of a cell, and the rows of its samples' features, if there are any. */
  private record Outcome(CellResult result, float[][] features) {
    static Outcome without(Cell cell, Status status, String reason) {
      return new Outcome(new CellResult(cell, status, Map.of(), reason), new float[0][]);
    }
  }

  /** One of the runs, with all that it needs. */
  private record Task(
      Cell cell, Truth truth, BenchmarkOperator operator, BenchmarkMethod method, long seed) {}

  /**
   * A benchmark on some images.
   *
   * @param tuned what a search has found for its operators and methods
   * @param images the sharp images, by different titles
   * @throws IllegalArgumentException if one is smaller than the crop, or constant there; the
   *     message says which
   */
  public static BenchmarkRun of(
      BenchmarkConfiguration configuration, TunedSettings tuned, List<NamedPlane> images) {
    return new BenchmarkRun(
        configuration,
        tuned,
        images.stream().map(image -> Truth.of(image, configuration.crop())).toList());
  }

  /**
   * Runs the cells that a folder does not hold yet, and those that failed, one after another.
   *
   * @param folder where the results go; it is made if there is none
   * @param resources where networks are found
   * @param progress hears of the progress, and may end the run; what is done by then is kept
   * @return how many cells were run, and how many have no samples
   * @throws IllegalArgumentException if an operator does not fit the images, or a network may not
   *     run; nothing is written then
   * @throws IOException if the prior or a network cannot be used, or the folder holds results of
   *     another benchmark, or of other networks; the message says what differs, and what to do
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   */
  public BenchmarkReport into(Path folder, Resources resources, Progress progress)
      throws IOException {
    ComputeDevice device = ComputeDevice.select(configuration.device());
    configuration.prior().open(resources, device).close();
    for (BenchmarkOperator operator : configuration.operators()) {
      MeasuredPlane measured =
          operator.measure(truths.get(0), device, resources, configuration.seed());
      try (Instrument instrument =
          operator.instrument(truths.get(0), measured, device, resources, configuration.seed())) {
        operator.checkJudge(truths.get(0), instrument, device, resources);
      }
    }
    Optional<SampleFeatures> features = features(device, resources);
    try {
      ResultFolder.claim(folder, claim(resources), resources);
      return into(
          ResultFolder.open(
              folder,
              SampleCounts.of(configuration),
              tuned.notes(configuration),
              features.map(network -> sets(folder, network))),
          device,
          features,
          resources,
          progress);
    } finally {
      features.ifPresent(SampleFeatures::close);
    }
  }

  private Optional<SampleFeatures> features(ComputeDevice device, Resources resources)
      throws IOException {
    return configuration.features().isEmpty()
        ? Optional.empty()
        : Optional.of(
            SampleFeatures.open(
                configuration.features().get(), device, resources, configuration.crop()));
  }

  private FeatureSets sets(Path folder, SampleFeatures network) {
    float[][] images = truths.stream().map(Truth::values).toArray(float[][]::new);
    return new FeatureSets(
        ResultFolder.features(folder), network.ofParts(images), images.length, network.parts());
  }

  private BenchmarkReport into(
      ResultFolder results,
      ComputeDevice device,
      Optional<SampleFeatures> features,
      Resources resources,
      Progress progress)
      throws IOException {
    List<Task> rest = tasks().stream().filter(task -> !results.isSettled(task.cell())).toList();
    for (int i = 0; i < rest.size(); i++) {
      Progress part = progress.part("Cell", i, rest.size());
      Outcome outcome = run(rest.get(i), device, features, resources, part);
      results.add(outcome.result(), outcome.features());
    }
    results.present(configuration.methods());
    if (configuration.isSearch()) {
      results.keep(TunedSettings.of(configuration, results.results()));
    }
    long without =
        results.results().stream().filter(result -> result.status() != Status.DONE).count();
    return new BenchmarkReport(rest.size(), results.results().size() - rest.size(), without);
  }

  private Claim claim(Resources resources) throws IOException {
    return new Claim(
        configuration,
        tuned.choices(),
        configuration.methods().stream()
            .flatMap(method -> method.candidates().stream())
            .map(method -> new CompleteMethod(method.name(), method.chosen()))
            .toList(),
        truths.stream().map(truth -> new ImageHash(truth.name(), truth.plane().sha256())).toList(),
        networks(resources));
  }

  private List<NetworkHash> networks(Resources resources) throws IOException {
    List<NetworkHash> networks = new ArrayList<>();
    PriorCard prior = resources.prior(configuration.prior().name()).card();
    networks.add(new NetworkHash("the prior", prior.network().sha256()));
    prior
        .denoiser()
        .ifPresent(
            denoiser -> networks.add(new NetworkHash("the prior's denoiser", denoiser.sha256())));
    for (BenchmarkOperator operator : configuration.operators()) {
      addHash(networks, "the operator " + operator.name(), operator.network(), resources);
      addHash(networks, "the judge of " + operator.name(), operator.judge(), resources);
    }
    addHash(networks, "the features", configuration.features(), resources);
    return networks;
  }

  private static void addHash(
      List<NetworkHash> networks, String of, Optional<NetworkChoice> choice, Resources resources)
      throws IOException {
    if (choice.isPresent()) {
      Path file = resources.network(choice.get().name());
      networks.add(new NetworkHash(of, NetworkFile.of(file).sha256()));
    }
  }

  private List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      for (int k = 0; k < configuration.operators().size(); k++) {
        Truth truth = truths.get(i);
        BenchmarkOperator operator = configuration.operators().get(k);
        // Images are slices, and operators channels, of what is measured in all.
        long seed = new Place(k + 1, i + 1, 1).seed(configuration.seed());
        configuration.methods().stream()
            .map(method -> tuned.applied(method, operator))
            .flatMap(method -> method.candidates().stream())
            .map(
                method ->
                    new Task(
                        new Cell(truth.name(), operator.name(), method.name()),
                        truth,
                        operator,
                        method,
                        seed))
            .forEach(tasks::add);
      }
    }
    return tasks;
  }

  private Outcome run(
      Task task,
      ComputeDevice device,
      Optional<SampleFeatures> features,
      Resources resources,
      Progress progress)
      throws IOException {
    MeasuredPlane measured = task.operator().measure(task.truth(), device, resources, task.seed());
    double begun = processorSeconds();
    PeakMemory held = PeakMemory.fromNow();
    try {
      PosteriorSummary summary = job(task).run(measured, resources, progress).summary();
      double spent = processorSeconds() - begun;
      OptionalDouble peak = held.mebibytes();
      float[][] samples = split(Planes.pixels(summary.samples()), task.truth().values().length);
      Map<Quantity, Double> values = Judgement.of(summary, samples, task.truth(), features);
      values.putAll(agreement(task, measured, samples, device, resources));
      values.put(Quantity.PROCESSOR_SECONDS, spent);
      peak.ifPresent(mebibytes -> values.put(Quantity.PEAK_MEMORY, mebibytes));
      return new Outcome(
          new CellResult(task.cell(), Status.DONE, values, ""),
          features.map(network -> network.ofParts(samples)).orElseGet(() -> new float[0][]));
    } catch (UnsuitableProblemException e) {
      return Outcome.without(task.cell(), Status.NOT_ALLOWED, e.getMessage());
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Outcome.without(task.cell(), Status.FAILED, e.getMessage());
    }
  }

  private static float[][] split(float[] all, int length) {
    float[][] samples = new float[all.length / length][];
    Arrays.setAll(samples, i -> Arrays.copyOfRange(all, i * length, (i + 1) * length));
    return samples;
  }

  private static Map<Quantity, Double> agreement(
      Task task,
      MeasuredPlane measured,
      float[][] samples,
      ComputeDevice device,
      Resources resources)
      throws IOException {
    Truth truth = task.truth();
    try (Instrument instrument =
        task.operator().instrument(truth, measured, device, resources, task.seed())) {
      MeasurementAgreement agreement =
          new MeasurementAgreement(instrument, samples, truth.shape(), device);
      Map<Quantity, Double> values = agreement.own();
      if (task.operator().judge().isPresent()) {
        try (NetworkOperator judge = task.operator().openJudge(truth, device, resources)) {
          values.putAll(agreement.judged(judge));
        }
      }
      return values;
    }
  }

  private RestorationJob job(Task task) {
    return new RestorationJob(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        task.operator().modelFor(task.truth()),
        Optional.empty(),
        0,
        task.operator().noiseModel(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Truth.RANGE),
        OutlierTreatment.KEEP,
        configuration.prior(),
        task.method().chosen(),
        task.method().samples().orElse(configuration.samples()),
        task.seed(),
        List.of(),
        configuration.device());
  }

  /** What all threads of this process have spent: a network's own ones, too. */
  private static double processorSeconds() {
    return NANOSECOND
        * ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
