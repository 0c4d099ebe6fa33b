package io.github.posteriorj.solver;

import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.SampleSink;

/**
 * A method that draws samples of a posterior. A solver is a record whose components are all its
 * settings, so that it can be written down, read again, and compared.
 *
 * <pre>{@code
 * SolverReport report =
 *     NoiseSpaceLangevin.standard().solve(problem, 16, sink, Progress.NONE);
 * }</pre>
 */
public interface Solver {

  /**
   * Draws samples.
   *
   * @param problem what to sample
   * @param samples how many are wanted, at least 2
   * @param sink takes each sample as it is drawn
   * @param listener hears of the progress, and may end the run
   * @return what was done, and what a user should know of it
   * @throws IllegalArgumentException if the problem or the number is none for this method, or does
   *     not fit into memory; the message says what to change
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   * @throws ArithmeticException if the method meets numbers that are not finite
   */
  SolverReport solve(InverseProblem problem, int samples, SampleSink sink, Progress listener);

  /**
   * How many chains draw so many samples; as many as there are samples where all are independent.
   */
  int chains(int samples);

  /**
   * Whether all samples are independent draws, each by a chain of its own: then there are no chains
   * to compare, and diagnostics judge the samples as one.
   */
  default boolean isIndependent() {
    return false;
  }
}
