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
 * @param startSteps steps of that, 0 or more
 * @param integrator how the chains move
 * @param preconditioning which coordinates they move in
 * @param stepSize step size of the integrator, or 0 to choose it: from the posterior's curvature,
 *     and for an integrator with acceptance from that during burn-in
 * @param burnIn transitions of each chain that are thrown away, 0 or more
 * @param thinning transitions of a chain from one sample to the next, at least 1
 * @param target when the run goes on beyond the number of samples, and when it has to end
 * @param seed the seed of all random draws
 */
public record SamplerSettings(
    int samples,
    int chains,
    WarmStart start,
    int startSteps,
    Integrator integrator,
    Preconditioning preconditioning,
    double stepSize,
    int burnIn,
    int thinning,
    SampleTarget target,
    long seed) {

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
    atLeast("warm-start steps", startSteps, 0);
    atLeast("burn-in steps", burnIn, 0);
    atLeast("thinning steps", thinning, 1);
    if (chains > samples) {
      throw new IllegalArgumentException(
          "%d chains cannot share %d samples: use at most one chain a sample."
              .formatted(chains, samples));
    }
    if (!(stepSize >= 0) || !Double.isFinite(stepSize)) {
      throw new IllegalArgumentException(
          "The step size must be a positive number, or 0 to choose it automatically, not "
              + stepSize
              + ".");
    }
  }

  /** The settings that are recommended. */
  public static SamplerSettings standard(int samples, long seed) {
    return new SamplerSettings(
        samples,
        Math.min(Math.max(samples, 1), USUAL_CHAINS),
        WarmStart.RANDOMISE_THEN_OPTIMISE,
        100,
        Integrator.HAMILTONIAN,
        Preconditioning.LOW_RANK,
        0,
        10,
        1,
        SampleTarget.NONE,
        seed);
  }

  /** The same with another number of chains. */
  public SamplerSettings withChains(int other) {
    return new SamplerSettings(
        samples,
        other,
        start,
        startSteps,
        integrator,
        preconditioning,
        stepSize,
        burnIn,
        thinning,
        target,
        seed);
  }

  /** The same with another warm start. */
  public SamplerSettings withStart(WarmStart other, int steps) {
    return new SamplerSettings(
        samples,
        chains,
        other,
        steps,
        integrator,
        preconditioning,
        stepSize,
        burnIn,
        thinning,
        target,
        seed);
  }

  /** The same with another integrator and its step size, 0 to choose it. */
  public SamplerSettings withIntegrator(Integrator other, double step) {
    return new SamplerSettings(
        samples,
        chains,
        start,
        startSteps,
        other,
        preconditioning,
        step,
        burnIn,
        thinning,
        target,
        seed);
  }

  /** The same in other coordinates. */
  public SamplerSettings withPreconditioning(Preconditioning other) {
    return new SamplerSettings(
        samples,
        chains,
        start,
        startSteps,
        integrator,
        other,
        stepSize,
        burnIn,
        thinning,
        target,
        seed);
  }

  /** The same with another burn-in and thinning. */
  public SamplerSettings withTransitions(int before, int between) {
    return new SamplerSettings(
        samples,
        chains,
        start,
        startSteps,
        integrator,
        preconditioning,
        stepSize,
        before,
        between,
        target,
        seed);
  }

  /** The same with a target beside the number of samples. */
  public SamplerSettings withTarget(SampleTarget other) {
    return new SamplerSettings(
        samples,
        chains,
        start,
        startSteps,
        integrator,
        preconditioning,
        stepSize,
        burnIn,
        thinning,
        other,
        seed);
  }

  /** The same with several times as many chains, each as long as the longest one. */
  public SamplerSettings withRestarts(int times) {
    int more = Math.multiplyExact(chains, times);
    return times == 1
        ? this
        : new SamplerSettings(
            Math.multiplyExact(more, rounds()),
            more,
            start,
            startSteps,
            integrator,
            preconditioning,
            stepSize,
            burnIn,
            thinning,
            target,
            seed);
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
