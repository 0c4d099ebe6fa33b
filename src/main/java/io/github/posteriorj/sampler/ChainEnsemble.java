package io.github.posteriorj.sampler;

import io.github.posteriorj.sampler.TransitionKernel.Transition;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Several chains on their way: their places, the step size that they share, and what is to be told
 * of it.
 *
 * <p>No chain diverges silently. A chain of a kernel that accepts every move has blown up when its
 * potential is not finite, or above its start's by more than thermal motion can add to a minimum:
 * it begins again at its start, and the step size is halved. A kernel with acceptance stays where
 * it is instead; its step size is halved when every chain's move runs off at once.
 */
final class ChainEnsemble {

  /** A rise counts as a blow-up if thermal motion adds as much with a probability below exp(-x). */
  private static final double BLOW_UP_IMPROBABILITY = 50;

  private final TransitionKernel kernel;
  private final RandomStream[] random;
  private final boolean exact;
  private final ChainState[] starts;
  private final double highestRise;
  private ChainState[] places;
  private Optional<DualAveraging> tuning;
  private double stepSize;
  private int halvings;
  private double acceptanceSum;
  private long moves;

  /**
   * How far chains have come on their walk.
   *
   * @param places where they are
   * @param stepSize that of the next move
   * @param halvings how often it has been halved
   * @param acceptanceSum the sum of the mean acceptance probabilities of the moves that count
   * @param moves how many these are
   * @param tuning how the step size follows the acceptance, while it does
   */
  record State(
      ChainState[] places,
      double stepSize,
      int halvings,
      double acceptanceSum,
      long moves,
      Optional<DualAveraging> tuning) {}

  /**
   * Chains that are about to walk.
   *
   * @param kernel how they move
   * @param starts where each begins
   * @param random each chain's source of noise
   * @param stepSize the step size to begin with
   * @param halvings how often it has been halved on earlier ways
   */
  ChainEnsemble(
      TransitionKernel kernel,
      ChainState[] starts,
      RandomStream[] random,
      double stepSize,
      int halvings) {
    this(
        kernel,
        starts,
        random,
        new State(
            starts,
            Math.min(stepSize, kernel.longestStepSize()),
            halvings,
            0,
            0,
            Optional.empty()));
  }

  /**
   * Chains that go on with their walk.
   *
   * @param kernel how they move
   * @param starts where each began
   * @param random each chain's source of noise
   * @param state how far they have come
   */
  ChainEnsemble(TransitionKernel kernel, ChainState[] starts, RandomStream[] random, State state) {
    this.kernel = kernel;
    this.random = random;
    this.exact = kernel.targetAcceptance().isPresent();
    this.starts = starts;
    this.places = state.places();
    this.stepSize = state.stepSize();
    this.halvings = state.halvings();
    this.acceptanceSum = state.acceptanceSum();
    this.moves = state.moves();
    this.tuning = state.tuning();
    double dimension = starts[0].position().length;
    // Laurent and Massart, Annals of Statistics 2000, lemma 1, for chi-squared / 2.
    this.highestRise =
        dimension / 2 + Math.sqrt(dimension * BLOW_UP_IMPROBABILITY) + BLOW_UP_IMPROBABILITY;
  }

  /** Takes another step size, or the longest that the kernel has a use for. */
  void changeStepSize(double other) {
    stepSize = Math.min(other, kernel.longestStepSize());
  }

  /** Lets the step size follow the acceptance from now on, if the kernel has one. */
  void startTuning() {
    if (exact) {
      double target = kernel.targetAcceptance().getAsDouble();
      tuning = Optional.of(DualAveraging.from(stepSize, target, kernel.longestStepSize()));
    }
  }

  /** Keeps the step size from now on, and counts the acceptance anew. */
  void freeze() {
    tuning.ifPresent(found -> stepSize = found.average());
    tuning = Optional.empty();
    acceptanceSum = 0;
    moves = 0;
  }

  /** The step size of the next move. */
  double stepSize() {
    return stepSize;
  }

  /** Where the chains are. */
  ChainState[] places() {
    return places.clone();
  }

  /** How far they have come. */
  State state() {
    return new State(places(), stepSize, halvings, acceptanceSum, moves, tuning);
  }

  /** How often the step size has been halved. */
  int halvings() {
    return halvings;
  }

  /** What happened since the step size was frozen. */
  SamplerReport report(int samples, String preconditioner, long evaluations, boolean limited) {
    return new SamplerReport(
        samples,
        preconditioner,
        stepSize,
        halvings,
        exact ? acceptanceSum / moves : Double.NaN,
        evaluations,
        limited);
  }

  /** Moves every chain once. */
  void advance(Potential potential) {
    Transition transition = kernel.advance(potential, places, stepSize, random);
    places = transition.places();
    double[] acceptance = transition.acceptance();
    double mean = Arrays.stream(acceptance).average().orElseThrow();
    acceptanceSum += mean;
    moves++;
    if (tuning.isPresent()) {
      tuning = tuning.map(so -> so.after(mean));
      stepSize = tuning.orElseThrow().stepSize();
    } else if (exact && Arrays.stream(acceptance).allMatch(probability -> probability == 0)) {
      halveStepSize();
    } else if (!exact && returnToStarts(acceptance)) {
      halveStepSize();
    }
  }

  /** Takes chains that have blown up back to their starts; whether there were any. */
  private boolean returnToStarts(double[] acceptance) {
    boolean any = false;
    for (int chain = 0; chain < places.length; chain++) {
      double rise = places[chain].potential() - starts[chain].potential();
      if (acceptance[chain] == 0 || rise > highestRise) {
        // The places just before are on the way up already: only the start is known to be good.
        places[chain] = starts[chain];
        any = true;
      }
    }
    return any;
  }

  private void halveStepSize() {
    stepSize /= 2;
    halvings++;
    if (stepSize < Float.MIN_NORMAL) {
      throw new ArithmeticException(
          "No step size keeps the chains of this posterior finite. Check that the noise level"
              + " and the intensity range fit the image.");
    }
  }
}
