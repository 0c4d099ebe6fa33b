package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.Stage;
import java.util.Set;

/**
 * LATINO: a consistency model as a stochastic auto-encoder, which adds noise to an image and takes
 * it off again, in turns with the proximal step of the measurement:
 *
 * <p>u = f(x + sqrt(t^2 - sigma_min^2) e, t), x = argmin -ln p(y given A(x)) + |x - u|^2 / (2
 * rho^2), rho^2 = delta t^2 / (1 + t^2).
 *
 * <p>1 / (1 + t^2) turns the noise's variance into that of the paper's variance-preserving process.
 *
 * <p>Source: Spagnoletti, Prost, Almansa, Papadakis and Pereyra, "LATINO-PRO: latent consistency
 * inverse solver with prompt optimization", ICCV 2025, arXiv 2503.12615, algorithm 1, without
 * prompts and without a latent space.
 *
 * @param noiseLevels passes, one a noise level, at least 1
 * @param proximalStrength delta, above 0: the larger, the closer to the measurement
 */
public record Latino(int noiseLevels, double proximalStrength) implements ReverseSolver {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public Latino {
    Settings.atLeast("noise_levels", noiseLevels, 1);
    Settings.positive("proximal_strength", proximalStrength);
  }

  /** The settings that are recommended. */
  public static Latino standard() {
    return new Latino(8, 0.2);
  }

  @Override
  public Set<CleanImages> needs() {
    return Set.of(CleanImages.CONSISTENCY_MODEL);
  }

  @Override
  public NDArray next(Stage stage, NDArray x) {
    double variance = stage.level() * stage.level();
    double rho = Math.sqrt(proximalStrength * variance / (1 + variance));
    NDArray u = stage.clean(CleanImages.CONSISTENCY_MODEL, x);
    return stage.renoised(stage.proximal(u, rho));
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
