package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.Stage;
import java.util.Set;

/**
 * CMEdit, zero-shot editing by a consistency model: what a linear instrument has measured of the
 * clean image is replaced by the measurement, and fresh noise added:
 *
 * <p>x0 = f(x_t, t), x0 + A^+ (y - A x0), x_(t') = x0 + sqrt(t'^2 - sigma_min^2) e.
 *
 * <p>Where A^+ is not known exactly, as that of a blur is not, it is the regularised one of {@link
 * Stage#replaced}. The measurement counts as exact, noise and all.
 *
 * <p>Source: Song et al., "Consistency models", ICML 2023, algorithm 4.
 *
 * @param noiseLevels noise levels, one pass each, at least 1
 */
public record ConsistencyEditing(int noiseLevels) implements ReverseSolver {

  /**
   * Checks the setting.
   *
   * @throws IllegalArgumentException if there are no levels
   */
  public ConsistencyEditing {
    Settings.atLeast("noise_levels", noiseLevels, 1);
  }

  /** The settings that are recommended. */
  public static ConsistencyEditing standard() {
    return new ConsistencyEditing(40);
  }

  @Override
  public void check(InverseProblem problem) {
    ReverseSolver.super.check(problem);
    Linearity.require(this, problem);
  }

  @Override
  public Set<CleanImages> needs() {
    return Set.of(CleanImages.CONSISTENCY_MODEL);
  }

  @Override
  public NDArray next(Stage stage, NDArray x) {
    return stage.renoised(stage.replaced(stage.clean(CleanImages.CONSISTENCY_MODEL, x)));
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
