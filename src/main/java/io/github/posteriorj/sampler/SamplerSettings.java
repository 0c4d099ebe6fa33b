package io.github.posteriorj.sampler;

/**
 * How a posterior is sampled.
 *
 * <pre>{@code
 * SamplerSettings settings = SamplerSettings.standard(16, seed).withChains(4);
 * }</pre>
 *
 * @param samples images to draw in all, at least 2
 * @param chains chains that share them, at least 1 and at most the number of samples
 * @param start how the chains find their first states
 * @param moves how they move from there
 * @param transitions how far they move
 * @param target when the run goes on beyond the number of samples, and when it has to end
 * @param seed the seed of all random draws
 */
public record SamplerSettings(
    int samples,
    int chains,
    Start start,
    Moves moves,
    Transitions transitions,
    SampleTarget target,
    long seed) {

  /**
   * How the chains find their first states.
   *
   * @param method the way they are looked for
   * @param steps steps of that, 0 or more
   */
  public record Start(WarmStart method, int steps) {

    /**
     * Checks the start.
     *
     * @throws IllegalArgumentException if the number of steps is negative
     */
    public Start {
      atLeast("warm-start steps", steps, 0);
    }
  }

  /**
   * How the chains move.
   *
   * @param integrator what moves them
   * @param preconditioning which coordinates they move in
   * @param stepSize step size of the integrator, or 0 to choose it: from the posterior's curvature,
   *     and for an integrator with acceptance from that during burn-in
   */
  public record Moves(Integrator integrator, Preconditioning preconditioning, double stepSize) {

    /**
     * Checks the moves.
     *
     * @throws IllegalArgumentException if the step size is negative or not finite
     */
    public Moves {
      if (!(stepSize >= 0) || !Double.isFinite(stepSize)) {
        throw new IllegalArgumentException(
            "The step size must be a positive number, or 0 to choose it automatically, not "
                + stepSize
                + ".");
      }
    }
  }

  /**
   * How far the chains move.
   *
   * @param burnIn transitions of each chain that are thrown away, 0 or more
   * @param thinning transitions of a chain from one sample to the next, at least 1
   */
  public record Transitions(int burnIn, int thinning) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public Transitions {
      atLeast("burn-in steps", burnIn, 0);
      atLeast("thinning steps", thinning, 1);
    }
  }

  /** Chains that run side by side unless there are fewer samples. */
  private static final int USUAL_CHAINS = 8;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public SamplerSettings {
    atLeast("samples", samples, 2);
    atLeast("chains", chains, 1);
    if (chains > samples) {
      throw new IllegalArgumentException(
          "%d chains cannot share %d samples: use at most one chain a sample."
              .formatted(chains, samples));
    }
  }

  /** The settings that are recommended. */
  public static SamplerSettings standard(int samples, long seed) {
    return new SamplerSettings(
        samples,
        Math.min(Math.max(samples, 1), USUAL_CHAINS),
        new Start(WarmStart.SPLIT_GIBBS, 100),
        new Moves(Integrator.UNDERDAMPED_LANGEVIN, Preconditioning.LOW_RANK, 0),
        new Transitions(6, 1),
        SampleTarget.NONE,
        seed);
  }

  /** The same with another number of chains. */
  public SamplerSettings withChains(int other) {
    return new SamplerSettings(samples, other, start, moves, transitions, target, seed);
  }

  /** The same with another warm start. */
  public SamplerSettings withStart(WarmStart method, int steps) {
    return new SamplerSettings(
        samples, chains, new Start(method, steps), moves, transitions, target, seed);
  }

  /** The same with another integrator and its step size, 0 to choose it. */
  public SamplerSettings withIntegrator(Integrator integrator, double stepSize) {
    return withMoves(new Moves(integrator, moves.preconditioning(), stepSize));
  }

  /** The same in other coordinates. */
  public SamplerSettings withPreconditioning(Preconditioning preconditioning) {
    return withMoves(new Moves(moves.integrator(), preconditioning, moves.stepSize()));
  }

  private SamplerSettings withMoves(Moves other) {
    return new SamplerSettings(samples, chains, start, other, transitions, target, seed);
  }

  /** The same with another burn-in and thinning. */
  public SamplerSettings withTransitions(int burnIn, int thinning) {
    return new SamplerSettings(
        samples, chains, start, moves, new Transitions(burnIn, thinning), target, seed);
  }

  /** The same with a target beside the number of samples. */
  public SamplerSettings withTarget(SampleTarget other) {
    return new SamplerSettings(samples, chains, start, moves, transitions, other, seed);
  }

  /** The same with several times as many chains, each as long as the longest one. */
  public SamplerSettings withRestarts(int times) {
    if (times == 1) {
      return this;
    }
    int more = Math.multiplyExact(chains, times);
    return new SamplerSettings(
        Math.multiplyExact(more, rounds()), more, start, moves, transitions, target, seed);
  }

  /** Samples that the longest chain gives. */
  int rounds() {
    return (samples + chains - 1) / chains;
  }

  private static void atLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "The number of %s must be %d or more, not %d.".formatted(what, least, value));
    }
  }
}
