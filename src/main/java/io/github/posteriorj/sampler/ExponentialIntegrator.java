package io.github.posteriorj.sampler;

/**
 * A step of overdamped Langevin dynamics that solves the part of the standard normal density
 * exactly: z <- e^-tau z - (1 - e^-tau) g + sqrt(1 - e^(-2 tau)) xi, with g = grad U(z) - z and xi
 * ~ N(0, I).
 *
 * <p>Where U(z) = |z|^2 / 2 it draws exactly, at every step size. Along a direction in which U is
 * quadratic with curvature lambda the step contracts by r = 1 - (1 - e^-tau) lambda, is stable for
 * |r| below 1, and has the variance (1 - e^(-2 tau)) / (1 - r^2) at rest.
 *
 * <p>Source: Purohit et al., "Posterior sampling via Langevin dynamics based on generative priors",
 * arXiv 2410.02078, 2024.
 */
final class ExponentialIntegrator extends UnadjustedLangevin {

  @Override
  void step(float[] state, float[] gradient, float[] noise, double stepSize, float[] next) {
    float contraction = (float) Math.exp(-stepSize);
    float drift = (float) -Math.expm1(-stepSize);
    float diffusion = (float) Math.sqrt(-Math.expm1(-2 * stepSize));
    for (int i = 0; i < next.length; i++) {
      float force = gradient[i] - state[i];
      next[i] = contraction * state[i] - drift * force + diffusion * noise[i];
    }
  }

  /** As Euler-Maruyama's, with 1 - e^-tau in the place of tau. */
  @Override
  public double stableStepSize(double curvature) {
    return -Math.log1p(-Math.min(0.5, EulerMaruyama.STEP_TIMES_CURVATURE / curvature));
  }
}
