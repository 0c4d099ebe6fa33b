package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.Stage;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * LGD: DPS with the clean image blurred by what is not known of it, n copies x0_j = D(x_t, t) + r
 * e_j with white e_j:
 *
 * <p>x_(t') = step(x_t, D(x_t, t)) + zeta t grad_(x_t) ln (1 / n) sum_j exp(-sqrt(d) |r(x0_j)|).
 *
 * <p>Source: Song et al., "Loss-guided diffusion models for plug-and-play controllable generation",
 * ICML 2023, equation 8; with the residuals' norm as in arXiv 2410.02078, appendix B.2.
 *
 * @param noiseLevels noise levels, one step each, at least 1
 * @param guidance zeta, 0 or more
 * @param stochasticity share of the noise that a step draws anew, 0 (Euler) to 1 (ancestral)
 * @param guidedBy what a noisy image is taken for
 * @param copies n, at least 1
 * @param copySpread r, 0 or more, in units of the prior's range
 */
public record LossGuidedDiffusion(
    int noiseLevels,
    double guidance,
    double stochasticity,
    CleanImages guidedBy,
    int copies,
    double copySpread)
    implements ReverseSolver {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public LossGuidedDiffusion {
    Settings.atLeast("noise_levels", noiseLevels, 1);
    Settings.notNegative("guidance", guidance);
    Settings.share("stochasticity", stochasticity);
    Settings.atLeast("copies", copies, 1);
    Settings.notNegative("copy_spread", copySpread);
  }

  /** The settings that are recommended. */
  public static LossGuidedDiffusion standard() {
    return new LossGuidedDiffusion(100, 0.3, 1, CleanImages.DENOISER, 10, 0.2);
  }

  @Override
  public Set<CleanImages> needs() {
    return Set.of(guidedBy);
  }

  @Override
  public NDArray next(Stage stage, NDArray x) {
    List<UnaryOperator<NDArray>> norms =
        Stream.generate(() -> stage.blurred(stage.norm(), x, copySpread)).limit(copies).toList();
    ThroughImages guided = stage.gradient(guidedBy, clean -> softLeast(norms, clean), x);
    return stage
        .towards(x, guided.image(), stochasticity)
        .sub(guided.gradient().mul((float) (guidance * stage.level())));
  }

  /** -ln of the mean of exp(-norm), [N]. */
  private static NDArray softLeast(List<UnaryOperator<NDArray>> norms, NDArray clean) {
    NDList each = new NDList(norms.stream().map(norm -> norm.apply(clean)).toList());
    NDArray all = NDArrays.stack(each);
    NDArray least = all.min(new int[] {0}).stopGradient();
    return all.sub(least)
        .neg()
        .exp()
        .mean(new int[] {0})
        .log()
        .mul(DeviceArrays.constant(clean.getManager(), -1))
        .add(least);
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
