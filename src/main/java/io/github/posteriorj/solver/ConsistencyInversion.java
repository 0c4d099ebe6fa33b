package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.sampler.Adam;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.Stage;
import java.util.Set;

/**
 * Inversion of a consistency model, as that of a generative adversarial network: at each of a few
 * levels the noisy image is moved by Adam until what comes of it fits the measurement, and the
 * clean image gets fresh noise of the next level:
 *
 * <p>x_t = argmin |r(f(x_t, t) + s e)|, x0 = f(x_t, t), x_(t') = x0 + sqrt(t'^2 - sigma_min^2) e.
 *
 * <p>Adam moves the level's unit noise, x_t / t, at one rate for all levels. The paper moves x_t,
 * at rates of 0.1 at sigma_max and 0.001 below.
 *
 * <p>Source: Xu et al., "Consistency models improve diffusion inverse solvers", arXiv 2403.12063,
 * algorithm 4.
 *
 * @param noiseLevels noise levels, at least 1
 * @param inversionSteps Adam's steps at each level, at least 0
 * @param inversionRate Adam's rate, in units of the level, above 0
 * @param perturbation s, 0 or more, in units of the prior's range; drawn anew at each step
 */
public record ConsistencyInversion(
    int noiseLevels, int inversionSteps, double inversionRate, double perturbation)
    implements ReverseSolver {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public ConsistencyInversion {
    Settings.atLeast("noise_levels", noiseLevels, 1);
    Settings.atLeast("inversion_steps", inversionSteps, 0);
    Settings.positive("inversion_rate", inversionRate);
    Settings.notNegative("perturbation", perturbation);
  }

  /** The settings that are recommended. */
  public static ConsistencyInversion standard() {
    return new ConsistencyInversion(4, 50, 0.03, 0);
  }

  @Override
  public Set<CleanImages> needs() {
    return Set.of(CleanImages.CONSISTENCY_MODEL);
  }

  @Override
  public NDArray next(Stage stage, NDArray x) {
    NDArray moved =
        stage.minimised(
            new Adam(inversionRate * stage.level()),
            inversionSteps,
            noisy ->
                stage
                    .gradient(
                        CleanImages.CONSISTENCY_MODEL,
                        stage.blurred(stage.norm(), noisy, perturbation),
                        noisy)
                    .gradient(),
            x);
    return stage.renoised(stage.clean(CleanImages.CONSISTENCY_MODEL, moved));
  }

  @Override
  public long passes() {
    return noiseLevels;
  }

  @Override
  public long gradients() {
    return (long) noiseLevels * inversionSteps;
  }
}
