package io.github.posteriorj.sampler;

import io.github.posteriorj.sampler.Potential.Evaluation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.OptionalDouble;

/** One explicit step of overdamped Langevin dynamics, always accepted: one gradient a step. */
abstract class UnadjustedLangevin implements TransitionKernel {

  /**
   * Makes the next state of one chain.
   *
   * @param state z
   * @param gradient grad U(z)
   * @param noise xi ~ N(0, I)
   * @param stepSize tau
   * @param next where the next state goes
   */
  abstract void step(float[] state, float[] gradient, float[] noise, double stepSize, float[] next);

  @Override
  public final Transition advance(
      Potential potential, ChainState[] places, double stepSize, RandomStream[] random) {
    int dimension = potential.dimension();
    float[][] next = new float[places.length][dimension];
    for (int chain = 0; chain < next.length; chain++) {
      ChainState place = places[chain];
      float[] noise = random[chain].gaussian(dimension);
      step(place.position(), place.gradient(), noise, stepSize, next[chain]);
    }
    Evaluation evaluation = potential.evaluate(next);
    ChainState[] moved = new ChainState[next.length];
    for (int chain = 0; chain < next.length; chain++) {
      moved[chain] = ChainState.of(next[chain], places[chain].velocity(), evaluation, chain);
    }
    return Transition.alwaysAccepted(moved);
  }

  @Override
  public final int gradients(double stepSize) {
    return 1;
  }

  @Override
  public final OptionalDouble targetAcceptance() {
    return OptionalDouble.empty();
  }

  @Override
  public final double longestStepSize() {
    return Double.POSITIVE_INFINITY;
  }
}
