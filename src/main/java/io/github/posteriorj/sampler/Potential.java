package io.github.posteriorj.sampler;

/**
 * A target density exp(-U(z)) in noise space, through its potential U and the gradient of U.
 *
 * <p>States are rows of single-precision numbers, one row a chain; the chains do not interact.
 */
public interface Potential {

  /** Number of coordinates of a state. */
  int dimension();

  /**
   * Evaluates the potential of several chains at once.
   *
   * @param states [chains][dimension], not changed
   * @return what belongs to each chain, in the same order
   */
  Evaluation evaluate(float[][] states);

  /**
   * The same potential, with somebody told of each evaluation.
   *
   * @param evaluated called after each evaluation
   */
  default Potential observedBy(Runnable evaluated) {
    Potential observed = this;
    return new Potential() {
      @Override
      public int dimension() {
        return observed.dimension();
      }

      @Override
      public Evaluation evaluate(float[][] states) {
        Evaluation evaluation = observed.evaluate(states);
        evaluated.run();
        return evaluation;
      }
    };
  }

  /**
   * A potential at some states.
   *
   * @param potential U, [chains]
   * @param gradient grad U, [chains][dimension]
   * @param negativeLogLikelihood the negative log-likelihood's share of U, [chains]
   * @param image the images x = Phi(z) on the way, [chains][pixels], in the model's range
   */
  record Evaluation(
      double[] potential, float[][] gradient, double[] negativeLogLikelihood, float[][] image) {}
}
