package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Optional;

/**
 * White Gaussian noise of unknown level, integrated out under the scale-invariant prior p(sigma^2)
 * = 1 / sigma^2: L = (d / 2) ln |A(x) - y|^2, with d measured values.
 *
 * <p>Source: the marginal likelihood of noise-space Hamiltonian Monte Carlo, arXiv 2604.16919; the
 * prior is Jeffreys'.
 *
 * @param typical a guess of the noise's standard deviation, above 0: it sets the unit of the
 *     residuals, and the size of perturbations
 */
public record MarginalGaussianLikelihood(double typical) implements Likelihood {

  /**
   * Noise of unknown level.
   *
   * @throws IllegalArgumentException if the guess is not a positive number
   */
  public MarginalGaussianLikelihood {
    if (!(typical > 0) || !Double.isFinite(typical)) {
      throw new IllegalArgumentException(
          "The typical noise must be a positive number, not " + typical + ".");
    }
  }

  @Override
  public NDArray negativeLog(NDArray prediction, NDArray y) {
    long values = prediction.getShape().size() / prediction.getShape().get(0);
    NDManager scope = prediction.getManager();
    NDArray residual =
        prediction.sub(y).mul(DeviceArrays.constant(scope, 1 / (typical * Math.sqrt(values))));
    return DeviceArrays.sumOfEach(residual.square())
        .log()
        .mul(DeviceArrays.constant(scope, values / 2.0));
  }

  @Override
  public float[] perturb(float[] y, RandomStream random) {
    return new GaussianLikelihood(typical).perturb(y, random);
  }

  /**
   * A perturbation doubles the variance of the residuals, and the level would be taken for higher
   * than it is: perturbed measurements are fitted at the typical one.
   */
  @Override
  public Likelihood ofPerturbed() {
    return new GaussianLikelihood(typical);
  }

  @Override
  public Optional<NDArray> information(NDArray prediction) {
    return Optional.of(
        prediction.getManager().full(prediction.getShape(), (float) (1 / (typical * typical))));
  }

  @Override
  public double misfit(float[] prediction, float[] y) {
    return new GaussianLikelihood(typical).misfit(prediction, y);
  }

  @Override
  public String misfitFormula() {
    return "|A(x) - y|^2 / (d sigma^2) with the typical sigma";
  }

  @Override
  public String toString() {
    return "Gaussian of unknown standard deviation, integrated out, typically " + typical;
  }
}
