package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.Starts;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * States at sigma_max whose images explain the measurement: split Gibbs sampling draws images u, a
 * little noise makes them noisy images of a low level, and the probability flow carries these up to
 * sigma_max, dx/dt = (x - D(x, t)) / t, as it would carry them down.
 *
 * <p>A one-step map takes a state of the flow to where the flow ends. So z = x(sigma_max) /
 * sigma_max is a state of unit noise with f(z) near u, from wherever in noise space a descent would
 * have had to find its way.
 *
 * <p>Sources: {@link SplitGibbs} names those of the sampling; the flow and Heun's method for it are
 * those of Karras et al., "Elucidating the design space of diffusion-based generative models",
 * NeurIPS 2022, equation 1 and algorithm 1, taken backwards; the same flow inverts images in Song
 * et al., "Denoising diffusion implicit models", ICLR 2021, section 4.3.
 *
 * @param problem the measurement, and a prior that is known at all levels
 */
public record SplitGibbsStarts(LevelProblem problem) implements Starts {

  /** Low enough that what is clean at it is what was there before the noise. */
  private static final double LOW = 0.05;

  /** Passes of a sweep, and of a step of the flow. */
  public static final int PASSES_OF_A_STEP = 2;

  /** Steps of the flow, at most. */
  private static final int FLOW_STEPS = 16;

  /** The exponent of Karras et al., equation 5, by which levels are spaced. */
  private static final double SPACING = 7;

  /**
   * {@inheritDoc}
   *
   * <p>Half of the steps are the flow's, {@value #FLOW_STEPS} at most; the others are sweeps of
   * split Gibbs sampling.
   */
  @Override
  public float[][] draw(ChainNoise noise, int steps, Runnable stepped) {
    int flowSteps = Math.max(1, Math.min(FLOW_STEPS, steps / 2));
    int sweeps = Math.max(0, steps - flowSteps);
    try (NDManager scope = problem.prior().newScope()) {
      SplitGibbs gibbs = new SplitGibbs(problem.prior(), DataStep.of(problem, scope), sweeps);
      List<Batch> batches = batches(gibbs, noise, scope);
      for (int sweep = 0; sweep < sweeps; sweep++) {
        for (Batch batch : batches) {
          batch.images = gibbs.swept(batch.images, sweep, LOW, batch.noise);
        }
        stepped.run();
      }
      for (Batch batch : batches) {
        NDArray fresh = batch.noise.draw(scope, problem.window().canvas());
        batch.images = batch.images.add(fresh.mul((float) LOW));
      }
      double level = LOW;
      for (double next : levels(flowSteps)) {
        for (Batch batch : batches) {
          batch.images = carried(batch.images, level, next);
        }
        level = next;
        stepped.run();
      }
      return batches.stream().flatMap(this::states).toArray(float[][]::new);
    }
  }

  /** Chains that go through the network at once: images, and the chains' random numbers. */
  private static final class Batch {

    private final ChainNoise noise;
    private NDArray images;

    private Batch(NDArray images, ChainNoise noise) {
      this.images = images;
      this.noise = noise;
    }
  }

  private List<Batch> batches(SplitGibbs gibbs, ChainNoise noise, NDManager scope) {
    int chains = noise.chains();
    int size = Posterior.chainsAtOnce(problem.window().canvas(), chains, scope.getDevice().isGpu());
    List<Batch> batches = new ArrayList<>();
    for (int first = 0; first < chains; first += size) {
      ChainNoise own = noise.of(IntStream.range(first, Math.min(chains, first + size)).toArray());
      batches.add(new Batch(gibbs.begin(scope, problem.window(), own), own));
    }
    return batches;
  }

  private Stream<float[]> states(Batch batch) {
    NDArray z = DeviceArrays.inOrder(batch.images.div((float) problem.prior().highestLevel()));
    return IntStream.range(0, batch.noise.chains()).mapToObj(row -> z.get(row).toFloatArray());
  }

  /** From the level t to a higher one r, by a step of Heun's method. */
  private NDArray carried(NDArray start, double t, double r) {
    NDManager scope = start.getManager();
    try (NDManager passing = scope.newSubManager()) {
      start.attach(passing);
      NDArray slope = slope(start, t);
      NDArray euler = start.add(slope.mul((float) (r - t)));
      NDArray x = start.add(slope.add(slope(euler, r)).mul((float) ((r - t) / 2)));
      x.attach(scope);
      return x;
    }
  }

  private NDArray slope(NDArray x, double level) {
    return x.sub(problem.prior().mean(x, level)).div((float) level);
  }

  /** The levels above the low one, in rising order. */
  private double[] levels(int count) {
    double low = Math.pow(LOW, 1 / SPACING);
    double high = Math.pow(problem.prior().highestLevel(), 1 / SPACING);
    return IntStream.rangeClosed(1, count)
        .mapToDouble(step -> Math.pow(low + (high - low) * step / count, SPACING))
        .toArray();
  }
}
