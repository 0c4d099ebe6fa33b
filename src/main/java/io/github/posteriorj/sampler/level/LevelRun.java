package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.DrawnSamples;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.sampler.level.LevelCheckpoint.Walk;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The state of one run of a {@link LevelSampler}. */
final class LevelRun {

  private static final double FRICTION = 1;

  /** Bounds of the level that is chosen, by measurement on real images. */
  private static final double LOWEST_LEVEL = 0.05;

  private static final double HIGHEST_LEVEL = 0.3;

  /** How often a step may be halved before a chain is given up. */
  private static final int MOST_HALVINGS = 4;

  /** A chain counts as blown up if thermal motion is as fast with a probability below exp(-x). */
  private static final double BLOW_UP_IMPROBABILITY = 50;

  /** Chains from which on their comparison can be significant: 2^9 ways to swap them. */
  private static final int CHAINS_TO_COMPARE = 9;

  private final LevelSettings settings;
  private final LevelProblem problem;
  private final Window window;
  private final NDManager scope;
  private final DrawnSamples samples;
  private final Checkpoints checkpoints;
  private final Progress listener;
  private final DataStep dataStep;
  private final SplitGibbs gibbs;
  private final double level;
  private final LevelTarget target;
  private final WalkHalves halves;
  private final ChainLikeness likeness = new ChainLikeness();
  private final RegionMeans regions;
  private final int batch;
  private long done;
  private int halved;

  /**
   * A run.
   *
   * @param scope lives as long as the run
   * @param sink takes the samples
   * @param checkpoints what a run before has kept, and this one keeps
   */
  LevelRun(
      LevelSettings settings,
      LevelProblem problem,
      NDManager scope,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress listener) {
    this.problem = problem;
    this.window = problem.window();
    this.regions = new RegionMeans(problem.image());
    this.scope = scope;
    this.checkpoints = checkpoints;
    this.samples = new DrawnSamples(checkpoints, observed(sink), scope);
    this.listener = listener;
    this.dataStep = DataStep.of(problem, scope);
    this.settings = settings.adaptedTo(problem);
    this.gibbs = new SplitGibbs(problem.prior(), dataStep, this.settings.sweeps());
    this.level = settings.level() == 0 ? suitable(dataStep.meanInformation()) : settings.level();
    this.target =
        new LevelTarget(problem.prior(), ImageLikelihood.of(problem, scope), window, level);
    this.halves = new WalkHalves();
    Shape canvas = window.canvas();
    this.batch = Posterior.chainsAtOnce(canvas, settings.chains(), scope.getDevice().isGpu());
  }

  /**
   * The level of a measurement: twice the noise of a pixel, and not so high that f bends much.
   * Where a pixel is known well, chains at a higher level would have far to go.
   *
   * @param information of a pixel ({@link DataStep#meanInformation})
   */
  private static double suitable(double information) {
    return Math.max(LOWEST_LEVEL, Math.min(HIGHEST_LEVEL, 2 / Math.sqrt(information)));
  }

  /** Compares the samples of each chain before they are passed on. */
  private SampleSink observed(SampleSink sink) {
    return sample -> {
      likeness.add(sample.chain(), regions.of(sample.image()));
      sink.add(sample);
    };
  }

  /** Draws all samples, batch of chains after batch. */
  LevelReport sample() {
    int first = resume();
    while (first < settings.chains()) {
      int[] chains = batchFrom(first);
      try (NDManager passing = scope.newSubManager()) {
        ChainNoise noise = ChainNoise.of(settings.seed(), first, chains.length);
        draw(new Batch(chains, noise), gibbs.begin(passing, window, noise), 0, Optional.empty());
      }
      first += chains.length;
    }
    return report();
  }

  /** Goes on with the batch that a run before was at; tells the next batch's first chain. */
  private int resume() {
    try (NDManager passing = scope.newSubManager()) {
      Optional<LevelCheckpoint> before = LevelCheckpoint.kept(checkpoints, passing);
      if (before.isEmpty()) {
        return 0;
      }
      LevelCheckpoint.Counts counts = before.get().counts();
      samples.repeat(counts.samples());
      done = counts.moves();
      halved = counts.halved();
      double[][][] walks = before.get().walks();
      for (int chain = 0; chain < walks[0].length; chain++) {
        halves.add(walks[0][chain], walks[1][chain]);
      }
      int[] chains = batchFrom(counts.first());
      ChainNoise noise = ChainNoise.at(before.get().positions(), settings.seed(), counts.first());
      draw(new Batch(chains, noise), before.get().u(), counts.sweeps(), before.get().walk());
      return counts.first() + chains.length;
    }
  }

  private int[] batchFrom(int first) {
    return IntStream.range(first, Math.min(settings.chains(), first + batch)).toArray();
  }

  /** A batch of chains by their numbers, with their random numbers. */
  private record Batch(int[] numbers, ChainNoise noise) {}

  private void draw(Batch batch, NDArray swept, int sweeps, Optional<Walk> begun) {
    ChainNoise noise = batch.noise();
    NDArray u =
        gibbs.goOn(
            swept,
            sweeps,
            level,
            noise,
            (number, images) -> {
              advanced("Split Gibbs");
              keep(batch, number, images, Optional.empty());
            });
    Coordinates coordinates = dataStep.coordinates(u, level);
    Walk walk = begun.orElseGet(() -> setOut(u, coordinates, noise));
    Chains chains = new Chains(u, coordinates, noise, walk.firstMisfits());
    int[] stretches = stretches();
    while (walk.stretch() < stretches.length) {
      int stretch = walk.stretch();
      Langevin.State state =
          walked(
              chains,
              walk,
              stretches[stretch],
              settings.stepSize(),
              way -> keep(batch, settings.sweeps(), u, Optional.of(way)));
      Shown shown = Shown.of(state, squaredLatent(state));
      int round = stretch - (stretches.length - settings.rounds());
      for (int row = 0; row < batch.numbers().length; row++) {
        if (round >= 0 && round < settings.samplesOf(batch.numbers()[row])) {
          samples.add(shown.sample(row, batch.numbers()[row]));
        }
      }
      double[][] early = stretch == 0 ? summaries(shown) : walk.early();
      if (stretch == stretches.length - 1) {
        compare(early, summaries(shown));
      }
      walk = Walk.at(stretch + 1, state, walk.firstMisfits(), early);
    }
  }

  private Walk setOut(NDArray u, Coordinates coordinates, ChainNoise noise) {
    NDArray x = DeviceArrays.inOrder(dataStep.draw(u, level, noise));
    Langevin.State state = langevin(coordinates, settings.stepSize()).begin(x, noise);
    return Walk.at(0, state, state.negativeLogLikelihood().toFloatArray(), new double[0][]);
  }

  private void keep(Batch batch, int sweeps, NDArray u, Optional<Walk> walk) {
    if (checkpoints.isDue()) {
      new LevelCheckpoint(
              new LevelCheckpoint.Counts(batch.numbers()[0], samples.count(), done, halved, sweeps),
              batch.noise().positions(),
              new double[][][] {halves.beginnings(), halves.ends()},
              u,
              walk)
          .keep(checkpoints);
    }
  }

  /**
   * Steps of the stretches that walks are compared by: from sample to sample, or half a walk where
   * it gives one sample.
   */
  private int[] stretches() {
    if (settings.rounds() == 1) {
      return new int[] {settings.steps() / 2, settings.steps() - settings.steps() / 2};
    }
    int[] stretches = new int[settings.rounds()];
    Arrays.fill(stretches, settings.thinning());
    stretches[0] = settings.steps();
    return stretches;
  }

  /**
   * A batch of chains.
   *
   * @param u the clean images that their coordinates are taken from, [N, C, H', W']
   * @param coordinates what they walk in
   * @param noise the chains' random numbers
   * @param firstMisfits the negative log-likelihoods that they began with
   */
  private record Chains(
      NDArray u, Coordinates coordinates, ChainNoise noise, float[] firstMisfits) {}

  private Chains some(Chains chains, int[] rows) {
    NDArray u = DeviceArrays.rows(chains.u(), rows);
    float[] misfits = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      misfits[i] = chains.firstMisfits()[rows[i]];
    }
    return new Chains(u, dataStep.coordinates(u, level), chains.noise().of(rows), misfits);
  }

  private Langevin langevin(Coordinates coordinates, double stepSize) {
    return new Langevin(target, coordinates, stepSize, FRICTION);
  }

  /**
   * Where chains are after some steps; those that blow up go again from where they were, with half
   * the step and twice as many.
   */
  private Langevin.State walked(
      Chains chains, Walk begun, int steps, double stepSize, Consumer<Walk> listener) {
    if (stepSize < Math.scalb(settings.stepSize(), -MOST_HALVINGS)) {
      throw new ArithmeticException(
          "No step size keeps the chains of this posterior finite. Check that the noise level"
              + " and the intensity range fit the image.");
    }
    Langevin langevin = langevin(chains.coordinates(), stepSize);
    Walk walk = begun;
    while (walk.steps() < steps) {
      walk = walk.stepped(langevin.advance(walk.state(), chains.noise()));
      advanced("Sampling");
      listener.accept(walk);
    }
    Langevin.State state = walk.state();
    int[] lost = lost(state, chains.firstMisfits());
    if (lost.length == 0) {
      return state;
    }
    halved += lost.length;
    Chains again = some(chains, lost);
    Langevin.State fresh =
        langevin(again.coordinates(), stepSize / 2)
            .begin(DeviceArrays.rows(walk.from(), lost), again.noise());
    Walk fromThere = Walk.at(walk.stretch(), fresh, again.firstMisfits(), new double[0][]);
    return state.with(lost, walked(again, fromThere, 2 * steps, stepSize / 2, any -> {}));
  }

  /** What chains show at some time. */
  private record Shown(float[] images, float[] misfits, float[] squaredLatent) {

    static Shown of(Langevin.State state, float[] squaredLatent) {
      return new Shown(
          state.image().toFloatArray(),
          state.negativeLogLikelihood().toFloatArray(),
          squaredLatent);
    }

    PosteriorSample sample(int row, int chain) {
      return new PosteriorSample(chain, image(row), misfits[row], squaredLatent[row]);
    }

    float[] image(int row) {
      int pixels = images.length / misfits.length;
      return Arrays.copyOfRange(images, row * pixels, (row + 1) * pixels);
    }
  }

  private void compare(double[][] early, double[][] late) {
    for (int row = 0; row < early.length; row++) {
      halves.add(early[row], late[row]);
    }
  }

  private double[][] summaries(Shown shown) {
    return IntStream.range(0, shown.misfits().length)
        .mapToObj(row -> summary(shown, row))
        .toArray(double[][]::new);
  }

  /** The means of an image's regions, and its misfit. */
  private double[] summary(Shown shown, int row) {
    double[] means = regions.of(shown.image(row));
    double[] all = Arrays.copyOf(means, means.length + 1);
    all[means.length] = shown.misfits()[row];
    return all;
  }

  /**
   * Which chains have blown up: |v|^2 is more than twice as large, or twice the rise of the
   * negative log-likelihood larger, than a chi-squared number of as many degrees of freedom as
   * there are pixels. At rest |v|^2 is one, or smaller; a chain that still falls towards the
   * posterior is faster, whatever its step.
   *
   * <p>Source of the bound: Laurent and Massart, "Adaptive estimation of a quadratic functional by
   * model selection", Annals of Statistics 2000, lemma 1.
   */
  private int[] lost(Langevin.State state, float[] firstMisfits) {
    double dimension = window.canvas().size();
    double most =
        dimension + 2 * Math.sqrt(dimension * BLOW_UP_IMPROBABILITY) + 2 * BLOW_UP_IMPROBABILITY;
    float[] speeds = DeviceArrays.sumOfEach(state.velocity().square()).toFloatArray();
    float[] misfits = state.negativeLogLikelihood().toFloatArray();
    // Numbers that are none are not below the bound.
    return IntStream.range(0, speeds.length)
        .filter(row -> !(speeds[row] < 2 * most && 2 * (misfits[row] - firstMisfits[row]) < most))
        .toArray();
  }

  /** |x - f(x)|^2 / rho^2 of each chain: near its dimension for a typical noisy image. */
  private float[] squaredLatent(Langevin.State state) {
    float precision = (float) (1 / (level * level));
    NDArray noise = window.cut(state.x()).sub(state.image());
    return DeviceArrays.sumOfEach(noise.square()).mul(precision).toFloatArray();
  }

  private LevelReport report() {
    boolean tells = settings.chains() >= CHAINS_TO_COMPARE && settings.walk() > 1;
    return new LevelReport(
        level,
        settings,
        halved,
        tells ? Optional.of(halves.compare(settings.seed())) : Optional.empty(),
        likeness.correlation());
  }

  private void advanced(String stage) {
    done++;
    int batches = (settings.chains() + batch - 1) / batch;
    long planned = batches * (settings.sweeps() - 1 + settings.walk());
    listener.advanced(stage, done, Math.max(done, planned));
  }
}
