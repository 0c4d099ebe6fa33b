package io.github.posteriorj.sampler;

import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

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
   * @param listener hears of each gradient of a batch, and may end the run
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   */
  public void run(
      Posterior posterior, int samples, int batch, long seed, SampleSink sink, Progress listener) {
    long planned = (samples + batch - 1) / batch * gradients();
    long[] done = {0};
    Runnable evaluated = () -> listener.advanced("Sampling", ++done[0], planned);
    for (int first = 0; first < samples; first += batch) {
      int from = first;
      RandomStream[] random =
          IntStream.range(from, Math.min(samples, from + batch))
              .mapToObj(sample -> RandomStream.of(seed, sample))
              .toArray(RandomStream[]::new);
      float[][] draws =
          Arrays.stream(random)
              .map(stream -> stream.gaussian(posterior.dimension()))
              .toArray(float[][]::new);
      float[][] states =
          walk(progress -> posterior.tempered(weight(progress)), draws, random, evaluated);
      ChainState[] ends = ChainState.all(states, posterior.observedBy(evaluated).evaluate(states));
      IntStream.range(0, ends.length)
          .forEach(row -> sink.add(PosteriorSample.of(from + row, ends[row])));
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
    HamiltonianMonteCarlo kernel =
        new HamiltonianMonteCarlo(
            Splitting.LEAPFROG, leapfrogSteps * leapfrogStep, leapfrogSteps, 0, 1);
    float[][] states = starts;
    for (int i = 0; i < proposals; i++) {
      Potential potential = objective.apply((double) i / proposals);
      Potential counted = potential.observedBy(evaluated);
      ChainState[] places = ChainState.all(states, counted.evaluate(states));
      ChainState[] moved = kernel.advance(counted, places, leapfrogStep, random).places();
      states = Arrays.stream(moved).map(ChainState::position).toArray(float[][]::new);
    }
    return states;
  }
}
