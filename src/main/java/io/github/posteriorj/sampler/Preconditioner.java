package io.github.posteriorj.sampler;

/**
 * Coordinates w in which a posterior is nearer to a standard normal one: z = S w, with a symmetric
 * invertible S.
 *
 * <p>A kernel that walks in w proposes in z with the covariance S^2; with the acceptance of
 * Metropolis it remains exact, whatever S is.
 */
interface Preconditioner {

  /** z itself. */
  Preconditioner NONE =
      new Preconditioner() {
        @Override
        public float[] toLatent(float[] w) {
          return w;
        }

        @Override
        public float[] toCoordinates(float[] z) {
          return z;
        }

        @Override
        public float[] pullBack(float[] gradient) {
          return gradient;
        }

        @Override
        public String toString() {
          return "none";
        }
      };

  /** z = S w. */
  float[] toLatent(float[] w);

  /** w = S^-1 z. */
  float[] toCoordinates(float[] z);

  /** The gradient with respect to w, S grad_z U, of a gradient with respect to z. */
  float[] pullBack(float[] gradient);

  /** The same place in these coordinates, at rest. */
  default ChainState inCoordinates(ChainState place) {
    return new ChainState(
        toCoordinates(place.position()),
        new float[0],
        place.potential(),
        pullBack(place.gradient()),
        place.negativeLogLikelihood(),
        place.image());
  }

  /** The potential as a function of these coordinates. */
  default Potential precondition(Potential potential) {
    return new Potential() {
      @Override
      public int dimension() {
        return potential.dimension();
      }

      @Override
      public Evaluation evaluate(float[][] states) {
        float[][] noise = new float[states.length][];
        for (int chain = 0; chain < states.length; chain++) {
          noise[chain] = toLatent(states[chain]);
        }
        Evaluation evaluation = potential.evaluate(noise);
        float[][] gradient = new float[states.length][];
        for (int chain = 0; chain < states.length; chain++) {
          gradient[chain] = pullBack(evaluation.gradient()[chain]);
        }
        return new Evaluation(
            evaluation.potential(),
            gradient,
            evaluation.negativeLogLikelihood(),
            evaluation.image());
      }
    };
  }
}
