package io.github.posteriorj.solver;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.SampleSink;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What draws samples of a posterior.
 *
 * <pre>{@code
 * SolverReport report =
 *     NoiseSpaceLangevin.standard().solve(problem, 16, sink, Progress.NONE);
 * }</pre>
 */
public interface Solver extends Method {

  @Override
  default Solver solver(GenerativeModel model, int generationSteps, ForwardOperator operator) {
    return this;
  }

  @Override
  default List<Solver> solvers() {
    return List.of(this);
  }

  @Override
  default Method mapped(UnaryOperator<Solver> change) {
    return change.apply(this);
  }

  /**
   * Draws samples.
   *
   * @param problem what to sample
   * @param samples how many are wanted, at least 1; chains at sigma_max need 2
   * @param sink takes each sample as it is drawn
   * @param listener hears of the progress, and may end the run
   * @return what was done, and what a user should know of it
   * @throws io.github.posteriorj.sampler.UnsuitableProblemException if the method is not for such a
   *     problem; the message says what to change
   * @throws IllegalArgumentException if the number, or a setting, does not fit the problem
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   * @throws ArithmeticException if the method meets numbers that are not finite
   */
  default SolverReport solve(
      InverseProblem problem, int samples, SampleSink sink, Progress listener) {
    return solve(problem, samples, sink, Checkpoints.NONE, listener);
  }

  /**
   * The same, going on from what an earlier run of the same problem has kept, and keeping more on
   * the way: the samples are those of a run that was not disturbed, to the bit.
   */
  SolverReport solve(
      InverseProblem problem,
      int samples,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress listener);

  /**
   * Why samples may fit the measurement better or worse than its noise lets them, for people, where
   * that is the method's own doing. For methods that weigh the measurement by its noise it is not:
   * then instrument or noise are other ones than were given.
   */
  default Optional<String> causeOfMisfit() {
    return Optional.empty();
  }

  /**
   * Forward passes of one image through the network that a run is expected to be worth, as far as
   * that is known before; a gradient counts as {@value SolverReport#PASSES_OF_A_GRADIENT}.
   *
   * @param problem what is to be sampled
   * @param samples how many are wanted
   */
  long expectedPasses(InverseProblem problem, int samples);
}
