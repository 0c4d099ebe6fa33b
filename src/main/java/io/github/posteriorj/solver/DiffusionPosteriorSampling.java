package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.Stage;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.Set;

/**
 * DPS: a step of the reverse process, then one towards the measurement, by the gradient through the
 * denoiser of the residuals' norm:
 *
 * <p>x_(t') = step(x_t, D(x_t, t)) - zeta t grad_(x_t) sqrt(d) |r(D(x_t, t))|,
 *
 * <p>with the residuals r in units of the prior's range ({@link
 * io.github.posteriorj.sampler.diffusion.Distance}) and d of them.
 *
 * <p>Source: Chung et al., "Diffusion posterior sampling for general noisy inverse problems", ICLR
 * 2023, algorithm 1; with the consistency model, DPS-CM of arXiv 2410.02078.
 *
 * @param noiseLevels noise levels, one step each, at least 1
 * @param guidance zeta, 0 or more; the papers' own is times the root of d
 * @param stochasticity share of the noise that a step draws anew, 0 (Euler) to 1 (ancestral)
 * @param guidedBy what a noisy image is taken for
 */
public record DiffusionPosteriorSampling(
    int noiseLevels, double guidance, double stochasticity, CleanImages guidedBy)
    implements ReverseSolver {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public DiffusionPosteriorSampling {
    Settings.atLeast("noise_levels", noiseLevels, 1);
    Settings.notNegative("guidance", guidance);
    Settings.share("stochasticity", stochasticity);
  }

  /** The settings that are recommended. */
  public static DiffusionPosteriorSampling standard() {
    return new DiffusionPosteriorSampling(100, 0.3, 1, CleanImages.DENOISER);
  }

  @Override
  public Set<CleanImages> needs() {
    return Set.of(guidedBy);
  }

  @Override
  public NDArray next(Stage stage, NDArray x) {
    ThroughImages guided = stage.gradient(guidedBy, stage.norm(), x);
    return stage
        .towards(x, guided.image(), stochasticity)
        .sub(guided.gradient().mul((float) (guidance * stage.level())));
  }

  @Override
  public long passes() {
    return 0;
  }

  @Override
  public long gradients() {
    return noiseLevels;
  }
}
