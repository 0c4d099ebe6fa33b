package io.github.posteriorj.sampler;

import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * One transition of Markov chains that have the density exp(-U(z)) at rest, exactly or up to a bias
 * that vanishes with the step size.
 *
 * <p>All chains move together, so that a network sees them as one batch; each draws from its own
 * stream alone, and its acceptance is its own.
 */
interface TransitionKernel {

  /**
   * The time in which a motion with inertia leads to an independent place, if the density is a
   * standard normal one.
   */
  double QUARTER_TURN = Math.PI / 2;

  /** Steps after which a transition ends, however short they have to be. */
  int MOST_STEPS = 60;

  /** Steps of a given size that come nearest to a time: at least one, at most so many. */
  static int steps(double time, double stepSize, int most) {
    return (int) Math.max(1, Math.min(most, Math.rint(time / stepSize)));
  }

  /**
   * Moves every chain once.
   *
   * @param potential U
   * @param places where the chains are, not changed
   * @param stepSize the kernel's step, in the units of time of its own equation
   * @param random each chain's source of noise
   */
  Transition advance(
      Potential potential, ChainState[] places, double stepSize, RandomStream[] random);

  /** Evaluations of the potential's gradient that a transition of the given step size takes. */
  int gradients(double stepSize);

  /**
   * The mean acceptance probability to which warm-up tunes the step size; empty for a kernel that
   * accepts every move and so has a bias.
   */
  OptionalDouble targetAcceptance();

  /**
   * A stable step size where the largest eigenvalue of U's Hessian is known: the one that a kernel
   * without acceptance keeps, and warm-up begins with otherwise.
   *
   * @param curvature the largest curvature, above 0
   */
  double stableStepSize(double curvature);

  /** The step size beyond which a longer one gains nothing, however large the acceptance. */
  double longestStepSize();

  /**
   * What became of the chains.
   *
   * @param places where they are now, new arrays where they moved
   * @param acceptance each chain's acceptance probability; 0 exactly for a move that ran off to
   *     infinite energy, 1 for a finite move of a kernel that accepts all
   */
  record Transition(ChainState[] places, double[] acceptance) {

    /** The transition of a kernel that accepts every finite move. */
    static Transition alwaysAccepted(ChainState[] places) {
      double[] acceptance =
          Arrays.stream(places).mapToDouble(place -> place.isFinite() ? 1 : 0).toArray();
      return new Transition(places, acceptance);
    }
  }
}
