package io.github.posteriorj.sampler;

import java.util.function.DoubleFunction;

/**
 * Minimises a potential by Adam, each chain on its own, with a rate that falls to zero over the
 * last part of the steps.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
 *
 * @param rate the step of a coordinate at the beginning, in units of z
 */
public record Adam(double rate) {

  private static final double FIRST_DECAY = 0.9;

  /** Shorter than the usual 0.999: a run has some hundred steps, and its gradients fall fast. */
  private static final double SECOND_DECAY = 0.99;

  private static final double EPSILON = 1e-8;

  /** Share of the steps after which the rate begins to fall. */
  private static final double PLATEAU = 0.6;

  /**
   * Descends.
   *
   * @param potential what to minimise, as a function of the share of the steps done, 0 to 1
   * @param start the first states, not changed
   * @param steps number of steps, one evaluation each
   * @param evaluated called after each evaluation
   * @return the last states
   */
  public float[][] minimise(
      DoubleFunction<Potential> potential, float[][] start, int steps, Runnable evaluated) {
    int chains = start.length;
    int dimension = start[0].length;
    float[][] states = new float[chains][];
    for (int chain = 0; chain < chains; chain++) {
      states[chain] = start[chain].clone();
    }
    float[][] first = new float[chains][dimension];
    float[][] second = new float[chains][dimension];
    for (int step = 1; step <= steps; step++) {
      float[][] gradient = potential.apply((step - 1.0) / steps).evaluate(states).gradient();
      evaluated.run();
      double scale =
          rateAt(step, steps)
              * Math.sqrt(1 - Math.pow(SECOND_DECAY, step))
              / (1 - Math.pow(FIRST_DECAY, step));
      for (int chain = 0; chain < chains; chain++) {
        move(states[chain], gradient[chain], first[chain], second[chain], scale);
      }
    }
    return states;
  }

  private static void move(
      float[] state, float[] gradient, float[] first, float[] second, double scale) {
    for (int i = 0; i < state.length; i++) {
      first[i] = (float) (FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * gradient[i]);
      second[i] =
          (float) (SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * gradient[i] * gradient[i]);
      state[i] -= (float) (scale * first[i] / (Math.sqrt(second[i]) + EPSILON));
    }
  }

  private double rateAt(int step, int steps) {
    double plateau = PLATEAU * steps;
    return step <= plateau ? rate : rate * (steps - step + 1) / (steps - plateau + 1);
  }
}
