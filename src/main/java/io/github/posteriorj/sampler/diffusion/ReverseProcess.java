package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.DrawnSamples;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.sampler.level.DataStep;
import io.github.posteriorj.sampler.level.LevelProblem;
import io.github.posteriorj.sampler.level.Window;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Arrays;
import java.util.Optional;

/**
 * Draws samples one by one, each from noise of its own: x = sigma_max z, then down the noise levels
 * of Karras et al. by a {@link ReverseStep}.
 *
 * <pre>{@code
 * new ReverseProcess(step, 16, seed).run(problem, sink, Progress.NONE);
 * }</pre>
 *
 * <p>A sample's random numbers depend on the seed and its own number alone. Each is its own chain.
 *
 * <p>Source of the levels: Karras et al., "Elucidating the design space of diffusion-based
 * generative models", NeurIPS 2022, equation 5.
 *
 * @param step the rule that leads from level to level
 * @param samples how many to draw, at least 1
 * @param seed the seed of all random draws
 */
public record ReverseProcess(ReverseStep step, int samples, long seed) {

  /**
   * Draws the samples.
   *
   * @param problem what to sample
   * @param sink takes each sample as its batch is finished
   * @param listener hears of each pass of a batch, and may end the run
   * @throws IllegalArgumentException if the step is none for the problem; the message says why
   * @throws ArithmeticException if images are no longer finite
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   */
  public void run(LevelProblem problem, SampleSink sink, Progress listener) {
    run(problem, sink, Checkpoints.NONE, listener);
  }

  /**
   * The same, with the images' state kept between levels. A run that finds one goes on from it: the
   * samples are those of a run that was not disturbed, to the bit.
   */
  public void run(
      LevelProblem problem, SampleSink sink, Checkpoints checkpoints, Progress listener) {
    try (NDManager scope = problem.prior().newScope()) {
      new Run(problem, scope, sink, checkpoints, listener).sample();
    }
  }

  /** The state of one run: what all its stages work with. */
  final class Run {

    private final LevelProblem problem;
    private final NDManager scope;
    private final DrawnSamples drawn;
    private final Checkpoints checkpoints;
    private final Progress listener;
    private final DataStep data;
    private final Distance distance;
    private final Window window;
    private final int batch;
    private long done;

    Run(
        LevelProblem problem,
        NDManager scope,
        SampleSink sink,
        Checkpoints checkpoints,
        Progress listener) {
      this.problem = problem;
      this.scope = scope;
      this.drawn = new DrawnSamples(checkpoints, sink, scope);
      this.checkpoints = checkpoints;
      this.listener = listener;
      this.data = DataStep.of(problem, scope);
      this.distance = new Distance(problem, data, scope);
      this.window = problem.window();
      this.batch = Posterior.chainsAtOnce(window.canvas(), samples, scope.getDevice().isGpu());
    }

    LevelProblem problem() {
      return problem;
    }

    DataStep data() {
      return data;
    }

    Distance distance() {
      return distance;
    }

    Window window() {
      return window;
    }

    /** The noise level at a share of the way down. */
    double level(double share) {
      return problem.prior().level(share);
    }

    /** Tells of a pass, or a gradient, of a batch. */
    void passed() {
      done++;
      long batches = (samples + batch - 1) / batch;
      long planned = batches * (step.passes() + step.gradients());
      listener.advanced("Sampling", done, Math.max(done, planned));
    }

    private void sample() {
      int first = resume();
      while (first < samples) {
        try (NDManager passing = scope.newSubManager()) {
          first = draw(begin(passing, first));
        }
      }
    }

    /** Goes on with the batch that a run before was at; tells the next batch's first sample. */
    private int resume() {
      try (NDManager passing = scope.newSubManager()) {
        Optional<Descent> before = Descent.kept(checkpoints, seed, passing);
        if (before.isEmpty()) {
          return 0;
        }
        done = before.get().passes();
        drawn.repeat(before.get().first());
        return draw(before.get());
      }
    }

    private Descent begin(NDManager passing, int first) {
      ChainNoise noise = ChainNoise.of(seed, first, Math.min(batch, samples - first));
      NDArray z = noise.draw(passing, window.canvas());
      float[] squaredLatent = DeviceArrays.sumOfEach(z.square()).toFloatArray();
      return new Descent(done, first, 0, z.mul((float) level(step.share(0))), noise, squaredLatent);
    }

    /** Draws a batch of samples; tells the next batch's first one. */
    private int draw(Descent begun) {
      Descent descent = begun;
      while (descent.index() < step.noiseLevels()) {
        descent = down(descent);
        if (checkpoints.isDue()) {
          descent.keep(checkpoints);
        }
      }
      NDArray images = window.cut(descent.x());
      float[] misfits = distance.negativeLog(images).toFloatArray();
      float[] pixels = images.toFloatArray();
      int length = pixels.length / misfits.length;
      for (int row = 0; row < misfits.length; row++) {
        float[] image = Arrays.copyOfRange(pixels, row * length, (row + 1) * length);
        requireFinite(image);
        drawn.add(
            new PosteriorSample(
                descent.first() + row, image, misfits[row], descent.squaredLatent()[row]));
      }
      return descent.first() + misfits.length;
    }

    /** Takes a batch down a level; its images are closed. */
    private Descent down(Descent descent) {
      NDArray x = descent.x();
      NDManager passing = x.getManager();
      try (NDManager ofStage = passing.newSubManager()) {
        x.attach(ofStage);
        Stage stage = new Stage(this, step, descent.index(), descent.noise());
        NDArray next = DeviceArrays.inOrder(step.next(stage, x));
        next.attach(passing);
        return descent.next(done, next);
      }
    }

    private static void requireFinite(float[] image) {
      for (float pixel : image) {
        if (!Float.isFinite(pixel)) {
          throw new ArithmeticException(
              "The images grew beyond all bounds. Choose a smaller guidance, and check that the"
                  + " noise level and the intensity range fit the image.");
        }
      }
    }
  }
}
