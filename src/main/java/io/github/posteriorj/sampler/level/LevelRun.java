package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** The state of one run of a {@link LevelSampler}. */
final class LevelRun {

  private static final double FRICTION = 1;

  /** Passes of a gradient: f, its derivative, which counts twice, and D. */
  private static final int PASSES_OF_GRADIENT = 4;

  private static final int PASSES_OF_SWEEP = 2;

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
  private final Progress listener;
  private final DataStep dataStep;
  private final LevelTarget target;
  private final WalkHalves halves;
  private final int batch;
  private long done;
  private int halved;

  /**
   * A run.
   *
   * @param scope lives as long as the run
   */
  LevelRun(LevelSettings settings, LevelProblem problem, NDManager scope, Progress listener) {
    this.settings = settings;
    this.problem = problem;
    this.window = problem.window();
    this.scope = scope;
    this.listener = listener;
    this.dataStep = DataStep.of(problem, scope);
    this.target =
        new LevelTarget(
            problem.prior(), ImageLikelihood.of(problem, scope), window, settings.level());
    this.halves = new WalkHalves(problem.image());
    Shape canvas = window.canvas();
    long pixels = Posterior.pixelsAtOnce(canvas, settings.samples(), scope.getDevice().isGpu());
    this.batch = Math.toIntExact(pixels / canvas.size());
  }

  /** Draws all samples, batch after batch. */
  LevelReport sample(SampleSink samples) {
    for (int first = 0; first < settings.samples(); first += batch) {
      int[] chains = IntStream.range(first, Math.min(settings.samples(), first + batch)).toArray();
      try (NDManager passing = scope.newSubManager()) {
        Arrays.stream(drawn(passing, chains)).forEach(samples::add);
      }
    }
    return report();
  }

  private PosteriorSample[] drawn(NDManager passing, int[] chains) {
    ChainNoise noise =
        new ChainNoise(
            Arrays.stream(chains)
                .mapToObj(chain -> RandomStream.of(settings.seed(), chain))
                .toArray(RandomStream[]::new));
    NDArray u =
        new SplitGibbs(problem.prior(), dataStep, settings.sweeps())
            .draw(passing, window, settings.level(), noise, () -> advanced("Split Gibbs"));
    NDArray x = dataStep.draw(u, settings.level(), noise);
    PosteriorSample[] samples = new PosteriorSample[chains.length];
    int[] rows = IntStream.range(0, chains.length).toArray();
    walk(new Start(u, x, noise, rows), chains, settings.stepSize(), samples);
    return samples;
  }

  /**
   * Where chains begin.
   *
   * @param u clean images, [N, C, H', W']
   * @param x noisy images, of the same shape
   * @param noise the chains' random numbers
   * @param rows which samples of the batch they are
   */
  private record Start(NDArray u, NDArray x, ChainNoise noise, int[] rows) {

    /** Some of the chains. */
    Start of(int[] some) {
      return new Start(
          rowsOf(u, some),
          rowsOf(x, some),
          new ChainNoise(
              Arrays.stream(some)
                  .mapToObj(row -> noise.streams()[row])
                  .toArray(RandomStream[]::new)),
          Arrays.stream(some).map(row -> rows[row]).toArray());
    }

    private static NDArray rowsOf(NDArray array, int[] some) {
      return Arrays.stream(some)
          .mapToObj(row -> array.get(new NDIndex().addSliceDim(row, row + 1L)))
          .reduce(NDArray::concat)
          .orElseThrow();
    }
  }

  /** Lets chains walk; those that blow up begin again, with half the step and twice as many. */
  private void walk(Start start, int[] chains, double stepSize, PosteriorSample[] samples) {
    if (stepSize < Math.scalb(settings.stepSize(), -MOST_HALVINGS)) {
      throw new ArithmeticException(
          "No step size keeps the chains of this posterior finite. Check that the noise level"
              + " and the intensity range fit the image.");
    }
    Coordinates coordinates = dataStep.coordinates(start.u(), settings.level());
    Langevin langevin = new Langevin(target, coordinates, stepSize, FRICTION);
    Langevin.State state = langevin.begin(start.x().duplicate(), start.noise());
    float[] first = state.negativeLogLikelihood().toFloatArray();
    int steps = Math.toIntExact(Math.round(settings.steps() * settings.stepSize() / stepSize));
    Shown halfway = Shown.of(state);
    for (int step = 0; step < steps; step++) {
      state = langevin.advance(state, start.noise());
      advanced("Sampling");
      if (step + 1 == steps / 2) {
        halfway = Shown.of(state);
      }
    }
    Shown end = Shown.of(state);
    float[] squares = squaredNoise(state);
    boolean[] isLost = lost(state, first);
    int[] lost = IntStream.range(0, first.length).filter(row -> isLost[row]).toArray();
    for (int row = 0; row < first.length; row++) {
      if (!isLost[row]) {
        int sample = start.rows()[row];
        halves.add(halfway.image(row), halfway.misfits()[row], end.image(row), end.misfits()[row]);
        samples[sample] =
            new PosteriorSample(chains[sample], end.image(row), end.misfits()[row], squares[row]);
      }
    }
    if (lost.length > 0) {
      halved += stepSize == settings.stepSize() ? lost.length : 0;
      walk(start.of(lost), chains, stepSize / 2, samples);
    }
  }

  /** What chains show at some time. */
  private record Shown(float[] images, float[] misfits) {

    static Shown of(Langevin.State state) {
      return new Shown(state.image().toFloatArray(), state.negativeLogLikelihood().toFloatArray());
    }

    float[] image(int row) {
      int pixels = images.length / misfits.length;
      return Arrays.copyOfRange(images, row * pixels, (row + 1) * pixels);
    }
  }

  /**
   * Which chains have blown up: |v|^2, or twice the rise of the negative log-likelihood, is larger
   * than a chi-squared number of as many degrees of freedom as there are pixels. At rest |v|^2 is
   * one, or smaller.
   *
   * <p>Source of the bound: Laurent and Massart, "Adaptive estimation of a quadratic functional by
   * model selection", Annals of Statistics 2000, lemma 1.
   */
  private boolean[] lost(Langevin.State state, float[] firstMisfits) {
    double dimension = window.canvas().size();
    double most =
        dimension + 2 * Math.sqrt(dimension * BLOW_UP_IMPROBABILITY) + 2 * BLOW_UP_IMPROBABILITY;
    float[] speeds = DeviceArrays.sumOfEach(state.velocity().square()).toFloatArray();
    float[] misfits = state.negativeLogLikelihood().toFloatArray();
    boolean[] lost = new boolean[speeds.length];
    for (int row = 0; row < lost.length; row++) {
      // Numbers that are none are not below the bound.
      lost[row] = !(speeds[row] < most && 2 * (misfits[row] - firstMisfits[row]) < most);
    }
    return lost;
  }

  /** |x - f(x)|^2 / rho^2 of each chain: near its dimension for a typical noisy image. */
  private float[] squaredNoise(Langevin.State state) {
    float precision = (float) (1 / (settings.level() * settings.level()));
    NDArray noise = window.cut(state.x()).sub(state.image());
    return DeviceArrays.sumOfEach(noise.square()).mul(precision).toFloatArray();
  }

  private LevelReport report() {
    boolean tells = settings.samples() >= CHAINS_TO_COMPARE && settings.steps() > 1;
    return new LevelReport(
        settings.samples(),
        settings.level(),
        settings.stepSize(),
        halved,
        1 + PASSES_OF_SWEEP * (settings.sweeps() - 1) + PASSES_OF_GRADIENT * (settings.steps() + 1),
        tells ? Optional.of(halves.compare(settings.seed())) : Optional.empty());
  }

  private void advanced(String stage) {
    done++;
    int batches = (settings.samples() + batch - 1) / batch;
    long planned = (long) batches * (settings.sweeps() - 1 + settings.steps());
    listener.advanced(stage, done, Math.max(done, planned));
  }
}
