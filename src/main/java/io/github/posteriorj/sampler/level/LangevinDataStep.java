package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.CosineDiagonalisation;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.SeparableTransform;

/**
 * The data step of any operator and any likelihood: some Langevin steps from u on {@link
 * ImageTarget}, which no network is needed for unless the operator is one.
 *
 * <p>Its coordinates are cosine waves. How much the measurement tells of a wave, its Fisher
 * information, is the variance of the wave's share in the likelihood's score, at images that the
 * prior draws and measurements that they would give. It is averaged over waves of nearly one
 * length.
 */
final class LangevinDataStep implements DataStep {

  /** Steps, of {@value #STEP_SIZE}, which is short: information differs from place to place. */
  private static final int STEPS = 12;

  private static final double STEP_SIZE = 0.25;
  private static final double FRICTION = 1;

  /** Share of a step that would reach the peak at once if information were alike everywhere. */
  private static final double DESCENT = 0.25;

  /** Images, and measurements of each, that coordinates are learnt from. */
  private static final int PLACES = 4;

  private static final int REPLICATES = 4;

  /** Streams of random numbers that no chain has. */
  private static final long PLACES_STREAM = -3;

  private final Window window;
  private final ImageLikelihood measured;
  private final CosineDiagonalisation information;

  /**
   * Learns coordinates.
   *
   * @param problem what is to be sampled
   * @param scope the run's
   */
  LangevinDataStep(LevelProblem problem, NDManager scope) {
    this.window = problem.window();
    this.measured =
        new ImageLikelihood(
            scope,
            problem.operator().relaxed(problem.measurement()),
            problem.likelihood().ofPerturbed(),
            problem.measurement(),
            problem.measurementShape());
    SeparableTransform cosines =
        SeparableTransform.cosine(
            scope, ImageSize.of(problem.image()).height(), ImageSize.of(problem.image()).width());
    try (NDManager passing = scope.newSubManager()) {
      NDArray waves = cosines.forward(scores(problem, passing));
      this.information =
          new CosineDiagonalisation(cosines, CosineDiagonalisation.meanPower(waves, scope));
    }
  }

  @Override
  public NDArray draw(NDArray u, double level, ChainNoise noise) {
    Langevin langevin =
        new Langevin(
            new ImageTarget(measured, window, u, level),
            Coordinates.nearImages(window, information, powerNear(u), level),
            STEP_SIZE,
            FRICTION);
    NDArray start = u.duplicate();
    Langevin.State state = langevin.begin(start, noise);
    for (int step = 0; step < STEPS; step++) {
      state = langevin.advance(state, noise);
    }
    return state.x();
  }

  /** By steps down the same target, in the same coordinates. */
  @Override
  public NDArray proximal(NDArray u, double level) {
    ImageTarget target = new ImageTarget(measured, window, u, level);
    Coordinates coordinates = Coordinates.nearImages(window, information, powerNear(u), level);
    NDArray x = u;
    for (int step = 0; step < STEPS; step++) {
      NDArray downhill = coordinates.solved(target.evaluate(x).gradient());
      x = x.sub(downhill.mul((float) DESCENT));
    }
    return x;
  }

  @Override
  public Coordinates coordinates(NDArray u, double level) {
    return Coordinates.ofPosterior(window, information, powerNear(u), u, level);
  }

  @Override
  public double meanInformation() {
    return information.power().mean().getFloat();
  }

  @Override
  public double largestInformation() {
    return information.power().max().getFloat();
  }

  /** The information, in the scope of some images. */
  private NDArray powerNear(NDArray u) {
    NDArray power = information.power().duplicate();
    power.attach(u.getManager());
    return power;
  }

  /** Scores at images of the prior, [scores, C, H, W]. */
  private static NDArray scores(LevelProblem problem, NDManager scope) {
    Likelihood likelihood = problem.likelihood();
    // Where the measurement was not clipped, for example, no prediction is.
    ForwardOperator relaxed = problem.operator().relaxed(problem.measurement());
    NDArray all = null;
    for (int place = 0; place < PLACES; place++) {
      RandomStream random = RandomStream.of(0, PLACES_STREAM - place);
      NDArray image = drawn(problem, scope, random);
      float[] predicted = relaxed.apply(image).toFloatArray();
      for (int i = 0; i < REPLICATES; i++) {
        ImageLikelihood simulated =
            new ImageLikelihood(
                scope,
                relaxed,
                likelihood.ofPerturbed(),
                likelihood.replicate(predicted, random),
                problem.measurementShape());
        NDArray score = simulated.evaluate(x -> x, image).gradient();
        all = all == null ? score : all.concat(score);
      }
    }
    return all;
  }

  private static NDArray drawn(LevelProblem problem, NDManager scope, RandomStream random) {
    Window window = problem.window();
    Shape canvas = new Shape(1).addAll(window.canvas());
    NDArray noise =
        DeviceArrays.copyOf(scope, random.gaussian(Math.toIntExact(canvas.size())), canvas);
    return window.cut(problem.prior().drawn(noise));
  }
}
