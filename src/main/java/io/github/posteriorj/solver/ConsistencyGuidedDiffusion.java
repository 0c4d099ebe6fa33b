package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.Stage;
import java.util.Set;

/**
 * DPS whose step is the denoiser's and whose guidance goes through the consistency model, an image
 * like those of the posterior and no mean of them:
 *
 * <p>x_(t') = step(x_t, D(x_t, t)) - zeta t grad_(x_t) sqrt(d) |r(f(x_t, t) + s e)|.
 *
 * <p>The added noise s e keeps an operator that is a network from being fooled by what no image
 * shows.
 *
 * <p>Source: Xu et al., "Consistency models improve diffusion inverse solvers", arXiv 2403.12063,
 * algorithm 2 and equation 26.
 *
 * @param noiseLevels noise levels, one step each, at least 1
 * @param guidance zeta of {@link DiffusionPosteriorSampling}, 0 or more
 * @param stochasticity share of the noise that a step draws anew, 0 (Euler) to 1 (ancestral)
 * @param perturbation s, 0 or more, in units of the prior's range; 0.2 in the paper, for networks
 */
public record ConsistencyGuidedDiffusion(
    int noiseLevels, double guidance, double stochasticity, double perturbation)
    implements ReverseSolver {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public ConsistencyGuidedDiffusion {
    Settings.atLeast("noise_levels", noiseLevels, 1);
    Settings.notNegative("guidance", guidance);
    Settings.share("stochasticity", stochasticity);
    Settings.notNegative("perturbation", perturbation);
  }

  /** The settings that are recommended. */
  public static ConsistencyGuidedDiffusion standard() {
    return new ConsistencyGuidedDiffusion(100, 0.3, 1, 0);
  }

  @Override
  public Set<CleanImages> needs() {
    return Set.of(CleanImages.DENOISER, CleanImages.CONSISTENCY_MODEL);
  }

  @Override
  public NDArray next(Stage stage, NDArray x) {
    NDArray mean = stage.clean(CleanImages.DENOISER, x);
    NDArray gradient =
        stage
            .gradient(
                CleanImages.CONSISTENCY_MODEL, stage.blurred(stage.norm(), x, perturbation), x)
            .gradient();
    return stage
        .towards(x, mean, stochasticity)
        .sub(gradient.mul((float) (guidance * stage.level())));
  }

  @Override
  public long passes() {
    return noiseLevels;
  }

  @Override
  public long gradients() {
    return noiseLevels;
  }
}
