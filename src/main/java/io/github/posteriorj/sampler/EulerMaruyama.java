package io.github.posteriorj.sampler;

import io.github.posteriorj.tensor.RandomStream;

/**
 * The Euler-Maruyama step of overdamped Langevin dynamics: z <- z - tau grad U(z) + sqrt(2 tau) xi,
 * with xi ~ N(0, I).
 *
 * <p>It is stable for tau below 2 / lambda, lambda being the largest curvature of U. Its law at
 * rest has a bias of first order in tau: along a direction in which U is quadratic with curvature
 * lambda, the variance is 1 / (lambda (1 - tau lambda / 2)) in the place of 1 / lambda.
 *
 * <p>Source: Roberts and Tweedie, "Exponential convergence of Langevin distributions and their
 * discrete approximations", Bernoulli 1996, section 1.4.
 */
public final class EulerMaruyama implements Integrator {

  @Override
  public float[] step(float[] state, float[] gradient, double stepSize, RandomStream random) {
    float[] next = random.gaussian(state.length);
    float drift = (float) stepSize;
    float diffusion = (float) Math.sqrt(2 * stepSize);
    for (int i = 0; i < next.length; i++) {
      next[i] = state[i] - drift * gradient[i] + diffusion * next[i];
    }
    return next;
  }
}
