package io.github.posteriorj.sampler;

/**
 * U(z) = sum of lambda_i (z_i - m_i)^2 / 2: independent normal coordinates of variance 1 /
 * lambda_i.
 */
record QuadraticPotential(double[] curvatures, double[] minimum) implements Potential {

  @Override
  public int dimension() {
    return curvatures.length;
  }

  @Override
  public Evaluation evaluate(float[][] states) {
    int chains = states.length;
    double[] potential = new double[chains];
    float[][] gradient = new float[chains][dimension()];
    for (int chain = 0; chain < chains; chain++) {
      for (int i = 0; i < dimension(); i++) {
        double distance = states[chain][i] - minimum[i];
        potential[chain] += curvatures[i] * distance * distance / 2;
        gradient[chain][i] = (float) (curvatures[i] * distance);
      }
    }
    return new Evaluation(potential, gradient, new double[chains], new float[chains][0]);
  }
}
