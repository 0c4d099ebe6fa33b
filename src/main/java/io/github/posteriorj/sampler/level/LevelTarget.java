package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.function.UnaryOperator;

/**
 * The posterior of noisy images at a level rho: U(x) = -ln p_rho(x) - ln p(y given A(f(x, rho))).
 *
 * <p>If x follows exp(-U) then f(x, rho) follows the posterior of the clean images, at every level,
 * because f takes p_rho to the prior. At rho = sigma_max, p_rho is N(0, rho^2 I): the noise space
 * of Purohit et al., "Posterior sampling via Langevin dynamics based on generative priors", arXiv
 * 2410.02078, 2024.
 *
 * @param prior p_rho and f
 * @param measured the likelihood of images
 * @param window the image on the prior's canvas
 * @param level rho
 */
record LevelTarget(ScoredPrior prior, ImageLikelihood measured, Window window, double level)
    implements Target {

  @Override
  public Evaluation evaluate(NDArray x) {
    UnaryOperator<NDArray> misfit = measured.negativeLog(x.getManager());
    ThroughImages likelihood =
        prior.gradient(canvas -> misfit.apply(window.cut(canvas)), x.duplicate(), level);
    NDArray priorGradient = x.sub(prior.mean(x, level)).mul((float) (1 / (level * level)));
    return new Evaluation(
        likelihood.gradient().add(priorGradient),
        likelihood.value(),
        window.cut(likelihood.image()));
  }
}
