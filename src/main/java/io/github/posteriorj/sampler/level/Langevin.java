package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.sampler.level.Target.Evaluation;
import io.github.posteriorj.tensor.DeviceArrays;

/**
 * Underdamped Langevin dynamics in coordinates w, x = S w: dw = v dt, dv = -S^T grad U(x) dt -
 * gamma v dt + sqrt(2 gamma) dW, by the splitting BAOAB: half a kick, half a drift, the exact
 * Ornstein-Uhlenbeck step of the velocity, half a drift, half a kick. Every move is accepted.
 *
 * <p>It is stable for steps below 2 / sqrt(lambda), lambda being the largest curvature in w. Where
 * U is quadratic the positions' law at rest is exact at every stable step.
 *
 * <p>Source: Leimkuhler and Matthews, "Rational construction of stochastic numerical methods for
 * molecular sampling", Appl. Math. Res. Express 2013.
 *
 * @param target U
 * @param coordinates S
 * @param stepSize h
 * @param friction gamma, above 0
 */
record Langevin(Target target, Coordinates coordinates, double stepSize, double friction) {

  /**
   * Where a batch of chains is.
   *
   * @param x noisy images, [N, C, H', W']
   * @param velocity v, of the shape of x
   * @param pull S^T grad U(x)
   * @param negativeLogLikelihood the negative log-likelihood, [N]
   * @param image the clean images, [N, C, H, W]
   */
  record State(
      NDArray x, NDArray velocity, NDArray pull, NDArray negativeLogLikelihood, NDArray image) {

    /** Puts the state into another scope. */
    State attach(NDManager scope) {
      for (NDArray array : arrays()) {
        array.attach(scope);
      }
      return this;
    }

    /** Its arrays, in their order. */
    NDArray[] arrays() {
      return new NDArray[] {x, velocity, pull, negativeLogLikelihood, image};
    }

    /** The same, with some chains replaced. */
    State with(int[] rows, State others) {
      return new State(
          DeviceArrays.withRows(x, rows, others.x),
          DeviceArrays.withRows(velocity, rows, others.velocity),
          DeviceArrays.withRows(pull, rows, others.pull),
          DeviceArrays.withRows(negativeLogLikelihood, rows, others.negativeLogLikelihood),
          DeviceArrays.withRows(image, rows, others.image));
    }
  }

  /** Chains that begin at given places with fresh velocities. */
  State begin(NDArray x, ChainNoise noise) {
    NDManager scope = x.getManager();
    try (NDManager step = scope.newSubManager()) {
      x.attach(step);
      NDArray velocity = noise.draw(step, shapeOfOne(x));
      return at(x, velocity).attach(scope);
    }
  }

  /** Moves all chains by one step; the given state is closed. */
  State advance(State state, ChainNoise noise) {
    NDManager scope = state.x().getManager();
    try (NDManager step = scope.newSubManager()) {
      state.attach(step);
      float half = (float) (stepSize / 2);
      float damping = (float) Math.exp(-friction * stepSize);
      float diffusion = (float) Math.sqrt(-Math.expm1(-2 * friction * stepSize));
      NDArray fresh = noise.draw(step, shapeOfOne(state.x())).mul(diffusion);
      NDArray kicked = state.velocity().sub(state.pull().mul(half));
      NDArray refreshed = kicked.mul(damping).add(fresh);
      NDArray x = state.x().add(coordinates.toImages(kicked.add(refreshed).mul(half)));
      State there = at(x, refreshed);
      NDArray velocity = refreshed.sub(there.pull().mul(half));
      return new State(x, velocity, there.pull(), there.negativeLogLikelihood(), there.image())
          .attach(scope);
    }
  }

  private State at(NDArray x, NDArray velocity) {
    Evaluation evaluation = target.evaluate(x);
    return new State(
        x,
        velocity,
        coordinates.pulledBack(evaluation.gradient()),
        evaluation.negativeLogLikelihood(),
        evaluation.image());
  }

  private static Shape shapeOfOne(NDArray x) {
    return x.getShape().slice(1);
  }
}
