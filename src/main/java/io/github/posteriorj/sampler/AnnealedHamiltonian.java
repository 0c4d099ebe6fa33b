package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDManager;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * Noise-space Hamiltonian Monte Carlo: each sample is the end of a chain of its own, which begins
 * at z ~ N(0, I) and walks by trajectories of leapfrog steps while the noise's level falls to the
 * true one.
 *
 * <p>The likelihood's weight after a share p of the trajectories is 1 / (1 + a (1 - p)^2)^2, with
 * the level a times above the true one at first.
 *
 * <p>Source: noise-space Hamiltonian Monte Carlo, arXiv 2604.16919.
 *
 * @param proposals trajectories, at the end of each of which its end point is taken or not
 * @param leapfrogSteps steps of a trajectory, one gradient each
 * @param leapfrogStep their length, in units of z
 * @param annealing a
 */
public record AnnealedHamiltonian(
    int proposals, int leapfrogSteps, double leapfrogStep, double annealing) {

  /** Gradients that a sample takes: a trajectory begins with one at the level's own potential. */
  public long gradients() {
    return proposals * (leapfrogSteps + 1L) + 1;
  }

  /**
   * Draws samples.
   *
   * @param posterior what to sample
   * @param samples how many
   * @param batch how many at once
   * @param seed a sample's random numbers depend on it and on the sample's number alone
   * @param sink takes each sample as its batch is finished
   * @param checkpoints what a run before has kept, from which this one goes on to the bit, and what
   *     this one keeps after trajectories
   * @param listener hears of each gradient of a batch, and may end the run
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   */
  public void run(
      Posterior posterior,
      int samples,
      int batch,
      long seed,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress listener) {
    try (NDManager scope = posterior.newScope()) {
      DrawnSamples drawn = new DrawnSamples(checkpoints, sink, scope);
      new Run(posterior, samples, batch, seed, drawn, checkpoints, scope, listener).sample();
    }
  }

  /** The state of one run. */
  private final class Run {

    private final Posterior posterior;
    private final int samples;
    private final int batch;
    private final long seed;
    private final DrawnSamples drawn;
    private final Checkpoints checkpoints;
    private final NDManager scope;
    private final Progress listener;
    private long evaluations;

    Run(
        Posterior posterior,
        int samples,
        int batch,
        long seed,
        DrawnSamples drawn,
        Checkpoints checkpoints,
        NDManager scope,
        Progress listener) {
      this.posterior = posterior;
      this.samples = samples;
      this.batch = batch;
      this.seed = seed;
      this.drawn = drawn;
      this.checkpoints = checkpoints;
      this.scope = scope;
      this.listener = listener;
    }

    void sample() {
      Optional<AnnealedWalk> before = AnnealedWalk.kept(checkpoints, seed, scope);
      evaluations = before.map(AnnealedWalk::evaluations).orElse(0L);
      drawn.repeat(before.map(AnnealedWalk::first).orElse(0));
      draw(before.orElseGet(this::begin));
      while (drawn.count() < samples) {
        draw(begin());
      }
    }

    /** The next batch, before its first trajectory. */
    private AnnealedWalk begin() {
      int first = drawn.count();
      ChainNoise noise = ChainNoise.of(seed, first, Math.min(batch, samples - first));
      return new AnnealedWalk(evaluations, first, 0, noise.draw(posterior.dimension()), noise);
    }

    private void draw(AnnealedWalk begun) {
      RandomStream[] random = begun.noise().streams();
      AnnealedWalk walk = begun;
      while (walk.trajectories() < proposals) {
        float[][] states =
            trajectory(
                walk.trajectories(),
                progress -> posterior.tempered(weight(progress)),
                walk.states(),
                random,
                this::evaluated);
        walk = walk.next(evaluations, states);
        if (checkpoints.isDue()) {
          walk.keep(checkpoints, scope);
        }
      }
      float[][] states = walk.states();
      ChainState[] ends =
          ChainState.all(states, posterior.observedBy(this::evaluated).evaluate(states));
      for (int row = 0; row < ends.length; row++) {
        drawn.add(PosteriorSample.of(walk.first() + row, ends[row]));
      }
    }

    private void evaluated() {
      evaluations++;
      long batches = (samples + batch - 1) / batch;
      listener.advanced("Sampling", evaluations, batches * gradients());
    }
  }

  private double weight(double progress) {
    double left = 1 - progress;
    double factor = 1 + annealing * left * left;
    return 1 / (factor * factor);
  }

  /**
   * Walks along potentials that change from trajectory to trajectory.
   *
   * @param objective the potential after a share of them, 0 to 1
   * @param starts the first states, not changed
   * @param random each chain's source of random numbers
   * @param evaluated called after each evaluation
   * @return the last states
   */
  float[][] walk(
      DoubleFunction<Potential> objective,
      float[][] starts,
      RandomStream[] random,
      Runnable evaluated) {
    float[][] states = starts;
    for (int i = 0; i < proposals; i++) {
      states = trajectory(i, objective, states, random, evaluated);
    }
    return states;
  }

  private float[][] trajectory(
      int number,
      DoubleFunction<Potential> objective,
      float[][] states,
      RandomStream[] random,
      Runnable evaluated) {
    HamiltonianMonteCarlo kernel =
        new HamiltonianMonteCarlo(
            Splitting.LEAPFROG, leapfrogSteps * leapfrogStep, leapfrogSteps, 0, 1);
    Potential potential = objective.apply((double) number / proposals).observedBy(evaluated);
    ChainState[] places = ChainState.all(states, potential.evaluate(states));
    return Arrays.stream(kernel.advance(potential, places, leapfrogStep, random).places())
        .map(ChainState::position)
        .toArray(float[][]::new);
  }
}
