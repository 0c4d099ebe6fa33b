package io.github.posteriorj.solver;

import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.AnnealedHamiltonian;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.SampleSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * N-HMC: Hamiltonian Monte Carlo in the noise space of the prior, U(z) = |z|^2 / 2 +
 * L_y(A(Phi(z))), with a noise level that falls to the true one; each chain gives one sample, its
 * end.
 *
 * <p>Source: noise-space Hamiltonian Monte Carlo, arXiv 2604.16919, with its settings; its Phi is
 * two steps of DDIM, here the one of the generator that is chosen.
 *
 * @param proposals trajectories of a chain, at least 1
 * @param leapfrogSteps steps of a trajectory, at least 1
 * @param leapfrogStep their length, in units of z, above 0
 * @param annealing how many times the noise's level is above the true one at first, 0 or more; 3
 *     above 0.1 in the paper
 */
public record NoiseSpaceHamiltonian(
    int proposals, int leapfrogSteps, double leapfrogStep, double annealing) implements Solver {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public NoiseSpaceHamiltonian {
    Settings.atLeast("proposals", proposals, 1);
    Settings.atLeast("leapfrog_steps", leapfrogSteps, 1);
    Settings.positive("leapfrog_step", leapfrogStep);
    Settings.notNegative("annealing", annealing);
  }

  /** The settings of the paper. */
  public static NoiseSpaceHamiltonian standard() {
    return new NoiseSpaceHamiltonian(80, 20, 0.05, 30);
  }

  private AnnealedHamiltonian sampler() {
    return new AnnealedHamiltonian(proposals, leapfrogSteps, leapfrogStep, annealing);
  }

  @Override
  public Optional<String> causeOfMisfit() {
    return Optional.of(
        "Chains of method=[N-HMC] end where they are, and steps that are too long for the noise"
            + " are refused: shorten leapfrog_step, and raise proposals.");
  }

  @Override
  public long expectedPasses(InverseProblem problem, int samples) {
    return SolverReport.PASSES_OF_A_GRADIENT
        * problem.model().passes(problem.generationSteps())
        * samples
        * sampler().gradients();
  }

  @Override
  public SolverReport solve(
      InverseProblem problem,
      int samples,
      SampleSink sink,
      Checkpoints checkpoints,
      Progress progress) {
    CroppedPrior prior =
        problem.model().forImages(problem.generationSteps(), problem.image(), problem.seed());
    Posterior posterior = problem.posterior(prior);
    boolean onGpu = !problem.model().device().isCpu();
    int batch = Posterior.chainsAtOnce(prior.latentShape(), samples, onGpu);
    sampler().run(posterior, samples, batch, problem.seed(), sink, checkpoints, progress);
    return new SolverReport(
        sampler().gradients(),
        expectedPasses(problem, samples),
        Optional.empty(),
        OptionalDouble.of(samples),
        Map.of("Trajectories of a chain", proposals),
        List.of());
  }
}
