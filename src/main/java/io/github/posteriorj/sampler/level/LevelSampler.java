package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.SamplingListener;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Draws samples of a posterior at a level of a consistency model's noise space, each by a chain of
 * its own: a start by {@link SplitGibbs}, then {@link Langevin} dynamics on {@link LevelTarget}.
 *
 * <pre>{@code
 * LevelReport report =
 *     new LevelSampler(LevelSettings.standard(16, seed))
 *         .run(problem, sample -> moments.add(sample.image()), SamplingListener.NONE);
 * }</pre>
 *
 * <p>Chains are independent, and a chain's random numbers depend on the seed and its own number
 * alone.
 *
 * @param settings how to sample
 */
public record LevelSampler(LevelSettings settings) {

  private static final double FRICTION = 1;

  /**
   * Draws the samples.
   *
   * @param problem what to sample
   * @param samples takes each sample as it is drawn, in the chains' order
   * @param listener hears of the progress, and may end the run
   * @throws java.util.concurrent.CancellationException if the listener ends it
   */
  public LevelReport run(
      LevelProblem problem, Consumer<PosteriorSample> samples, SamplingListener listener) {
    try (NDManager scope = problem.prior().newScope()) {
      return new Run(problem, scope, listener).sample(samples);
    }
  }

  private final class Run {

    private final LevelProblem problem;
    private final Window window;
    private final NDManager scope;
    private final SamplingListener listener;
    private final MeasuredImage measured;
    private final DataStep dataStep;
    private final int batch;
    private long done;

    Run(LevelProblem problem, NDManager scope, SamplingListener listener) {
      this.problem = problem;
      this.window = problem.window();
      this.scope = scope;
      this.listener = listener;
      this.measured =
          new MeasuredImage(
              scope,
              problem.operator(),
              problem.likelihood(),
              problem.measurement(),
              problem.measurementShape());
      LinearOperator linear = problem.operator().linearPart().orElseThrow();
      this.dataStep =
          new LinearDataStep(
              problem.operator(),
              linear,
              problem.likelihood(),
              measured,
              linear.diagonalisation(scope, problem.image()).orElseThrow(),
              window);
      boolean onGpu = scope.getDevice().isGpu();
      Shape canvas = window.canvas();
      this.batch =
          Math.toIntExact(
              Posterior.pixelsAtOnce(canvas, settings.samples(), onGpu) / canvas.size());
    }

    LevelReport sample(Consumer<PosteriorSample> samples) {
      for (int first = 0; first < settings.samples(); first += batch) {
        int end = Math.min(settings.samples(), first + batch);
        try (NDManager chains = scope.newSubManager()) {
          sample(chains, first, end, samples);
        }
      }
      return new LevelReport(
          settings.samples(), settings.level(), settings.stepSize(), settings.steps() + 1, 0);
    }

    private void sample(
        NDManager chains, int first, int end, Consumer<PosteriorSample> samples) {
      ChainNoise noise =
          new ChainNoise(
              IntStream.range(first, end)
                  .mapToObj(chain -> RandomStream.of(settings.seed(), chain))
                  .toArray(RandomStream[]::new));
      NDArray u =
          new SplitGibbs(problem.prior(), dataStep, settings.sweeps())
              .draw(chains, window, settings.level(), noise, () -> advanced("Split Gibbs"));
      Coordinates coordinates = dataStep.coordinates(u, settings.level());
      NDArray x = dataStep.draw(u, settings.level(), noise);
      Langevin langevin =
          new Langevin(
              new LevelTarget(problem.prior(), measured, window, settings.level()),
              coordinates,
              settings.stepSize(),
              FRICTION);
      Langevin.State state = langevin.begin(x, noise);
      advanced("Sampling");
      for (int step = 0; step < settings.steps(); step++) {
        state = langevin.advance(state, noise);
        advanced("Sampling");
      }
      hand(state, first, samples);
    }

    private void hand(Langevin.State state, int first, Consumer<PosteriorSample> samples) {
      float[] images = state.image().toFloatArray();
      float[] misfits = state.misfit().toFloatArray();
      NDArray clean = window.embed(state.image());
      float[] noise =
          DeviceArrays.sumOfEach(
                  window.embed(window.cut(state.x())).sub(clean).square())
              .toFloatArray();
      int pixels = images.length / misfits.length;
      for (int row = 0; row < misfits.length; row++) {
        samples.accept(
            new PosteriorSample(
                first + row,
                Arrays.copyOfRange(images, row * pixels, (row + 1) * pixels),
                misfits[row],
                noise[row] / (settings.level() * settings.level())));
      }
    }

    private void advanced(String stage) {
      done++;
      int batches = (settings.samples() + batch - 1) / batch;
      listener.advanced(stage, done, (long) batches * (settings.sweeps() + settings.steps()));
    }
  }
}
