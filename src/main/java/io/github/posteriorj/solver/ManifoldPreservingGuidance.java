package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.Stage;
import java.util.Set;

/**
 * MPGD without a projection: the clean image itself takes a step towards the measurement, and the
 * reverse process goes on from there. No gradient is taken through a network:
 *
 * <p>x0 = D(x_t, t), x_(t') = step(x_t, x0 - zeta grad_(x0) |r(x0)|^2 / 2).
 *
 * <p>It knows no noise: the last steps fit the measurement as if it were exact.
 *
 * <p>Source: He et al., "Manifold preserving guided diffusion", ICLR 2024, algorithm 1.
 *
 * @param noiseLevels noise levels, one step each, at least 1
 * @param guidance zeta, 0 or more; the residuals of what is measured directly shrink by 1 - zeta a
 *     step, so that it should stay below 1
 * @param stochasticity share of the noise that a step draws anew, 0 (Euler) to 1 (ancestral)
 * @param guidedBy what a noisy image is taken for
 */
public record ManifoldPreservingGuidance(
    int noiseLevels, double guidance, double stochasticity, CleanImages guidedBy)
    implements ReverseSolver {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public ManifoldPreservingGuidance {
    Settings.atLeast("noise_levels", noiseLevels, 1);
    Settings.notNegative("guidance", guidance);
    Settings.share("stochasticity", stochasticity);
  }

  /** The settings that are recommended. */
  public static ManifoldPreservingGuidance standard() {
    return new ManifoldPreservingGuidance(100, 1, 1, CleanImages.DENOISER);
  }

  @Override
  public Set<CleanImages> needs() {
    return Set.of(guidedBy);
  }

  @Override
  public NDArray next(Stage stage, NDArray x) {
    NDArray clean = stage.clean(guidedBy, x);
    NDArray gradient = stage.gradient(stage.halfSquare(), clean);
    return stage.towards(x, clean.sub(gradient.mul((float) guidance)), stochasticity);
  }

  @Override
  public long passes() {
    return noiseLevels;
  }

  @Override
  public long gradients() {
    return 0;
  }
}
