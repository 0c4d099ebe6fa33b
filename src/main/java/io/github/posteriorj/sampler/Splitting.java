package io.github.posteriorj.sampler;

/**
 * How Hamilton's equations dz/dt = v, dv/dt = -grad U(z) are split into parts that are solved in
 * turn: half a kick of the velocity, the flow of the rest, half a kick. Every such step keeps
 * volumes and can be walked backwards, so that the energy's error alone decides on acceptance.
 */
enum Splitting {

  /**
   * The leapfrog: v <- v - (h / 2) grad U(z), z <- z + h v, and again the kick.
   *
   * <p>Source: Neal, "MCMC using Hamiltonian dynamics", Handbook of Markov Chain Monte Carlo 2011,
   * equations 2.28 to 2.30.
   */
  LEAPFROG {
    @Override
    void kick(float[] velocity, float[] state, float[] gradient, double stepSize) {
      float half = (float) (stepSize / 2);
      for (int i = 0; i < velocity.length; i++) {
        velocity[i] -= half * gradient[i];
      }
    }

    @Override
    void flow(float[] state, float[] velocity, double stepSize) {
      float time = (float) stepSize;
      for (int i = 0; i < state.length; i++) {
        state[i] += time * velocity[i];
      }
    }
  },

  /**
   * The part of the standard normal density solved exactly, by a rotation of (z, v) through the
   * angle h; the kicks are those of the rest, v <- v - tan(h / 2) (grad U(z) - z).
   *
   * <p>On a standard normal density the energy has no error at any step, whatever the dimension.
   * With this length of the kick, one step is the proposal of the preconditioned Crank-Nicolson
   * Langevin method.
   *
   * <p>Source: Beskos, Pinski, Sanz-Serna and Stuart, "Hybrid Monte Carlo on Hilbert spaces",
   * Stochastic Processes and their Applications 2011, section 3.
   */
  ROTATION {
    @Override
    void kick(float[] velocity, float[] state, float[] gradient, double stepSize) {
      float half = (float) Math.tan(stepSize / 2);
      for (int i = 0; i < velocity.length; i++) {
        velocity[i] -= half * (gradient[i] - state[i]);
      }
    }

    @Override
    void flow(float[] state, float[] velocity, double stepSize) {
      float cosine = (float) Math.cos(stepSize);
      float sine = (float) Math.sin(stepSize);
      for (int i = 0; i < state.length; i++) {
        float before = state[i];
        state[i] = cosine * before + sine * velocity[i];
        velocity[i] = cosine * velocity[i] - sine * before;
      }
    }
  };

  /** Changes the velocity by half a kick at a state. */
  abstract void kick(float[] velocity, float[] state, float[] gradient, double stepSize);

  /** Changes state and velocity by the flow between the kicks. */
  abstract void flow(float[] state, float[] velocity, double stepSize);
}
