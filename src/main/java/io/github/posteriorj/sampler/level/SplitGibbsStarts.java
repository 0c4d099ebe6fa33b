package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.Starts;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.stream.IntStream;

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

  /** Steps of the flow. */
  private static final int FLOW_STEPS = 16;

  /** The exponent of Karras et al., equation 5, by which levels are spaced. */
  private static final double SPACING = 7;

  /**
   * {@inheritDoc}
   *
   * <p>Of the steps, {@value #FLOW_STEPS} are the flow's, and the others sweeps of split Gibbs
   * sampling, at least one.
   */
  @Override
  public float[][] draw(ChainNoise noise, int steps, Runnable stepped) {
    float[][] states = new float[noise.chains()][];
    try (NDManager scope = problem.prior().newScope()) {
      DataStep dataStep = DataStep.of(problem, scope);
      Shape canvas = problem.window().canvas();
      boolean onGpu = scope.getDevice().isGpu();
      int batch =
          Math.toIntExact(Posterior.pixelsAtOnce(canvas, states.length, onGpu) / canvas.size());
      SplitGibbs gibbs = new SplitGibbs(problem.prior(), dataStep, Math.max(1, steps - FLOW_STEPS));
      for (int first = 0; first < states.length; first += batch) {
        int[] rows = IntStream.range(first, Math.min(states.length, first + batch)).toArray();
        try (NDManager passing = scope.newSubManager()) {
          NDArray z = drawn(gibbs, noise.of(rows), passing, first == 0 ? stepped : () -> {});
          for (int row : rows) {
            states[row] = z.get(row - first).toFloatArray();
          }
        }
      }
    }
    return states;
  }

  private NDArray drawn(SplitGibbs gibbs, ChainNoise noise, NDManager scope, Runnable stepped) {
    NDArray u =
        gibbs.goOn(
            gibbs.begin(scope, problem.window(), noise),
            0,
            LOW,
            noise,
            (sweeps, images) -> stepped.run());
    double highest = problem.prior().highestLevel();
    NDArray x = u.add(noise.draw(scope, problem.window().canvas()).mul((float) LOW));
    double level = LOW;
    for (double next : levels(highest)) {
      try (NDManager passing = scope.newSubManager()) {
        x.attach(passing);
        x = carried(x, level, next);
        x.attach(scope);
      }
      level = next;
      stepped.run();
    }
    return DeviceArrays.inOrder(x.div((float) highest));
  }

  /** From the level t to a higher one r, by a step of Heun's method. */
  private NDArray carried(NDArray x, double t, double r) {
    NDArray slope = slope(x, t);
    NDArray euler = x.add(slope.mul((float) (r - t)));
    return x.add(slope.add(slope(euler, r)).mul((float) ((r - t) / 2)));
  }

  private NDArray slope(NDArray x, double level) {
    return x.sub(problem.prior().mean(x, level)).div((float) level);
  }

  /** The levels above the low one, in rising order. */
  private static double[] levels(double highest) {
    double low = Math.pow(LOW, 1 / SPACING);
    double high = Math.pow(highest, 1 / SPACING);
    return IntStream.rangeClosed(1, FLOW_STEPS)
        .mapToDouble(step -> Math.pow(low + (high - low) * step / FLOW_STEPS, SPACING))
        .toArray();
  }
}
