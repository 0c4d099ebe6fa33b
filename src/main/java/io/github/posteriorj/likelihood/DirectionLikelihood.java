package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;

/**
 * A target embedding of which the direction alone counts: L = kappa (1 - cos(A(x), y)).
 *
 * <p>It is the likelihood of von Mises and Fisher's distribution of directions, with the
 * concentration kappa around the predicted one.
 *
 * <p>Source: Mardia and Jupp, Directional Statistics, 2000, section 9.3.2.
 *
 * @param concentration kappa, above 0: the higher, the nearer to the target samples have to be
 */
public record DirectionLikelihood(double concentration) implements NoiseLikelihood {

  /** Terms of the continued fraction beyond the concentration: its tail falls geometrically. */
  private static final int TERMS = 200;

  /**
   * Directions around a target.
   *
   * @throws IllegalArgumentException if the concentration is not a positive number
   */
  public DirectionLikelihood {
    if (!(concentration > 0) || !Double.isFinite(concentration)) {
      throw new IllegalArgumentException(
          "The concentration around the target must be a positive number, not "
              + concentration
              + ".");
    }
  }

  @Override
  public NDArray negativeLog(NDArray prediction, NDArray y) {
    NDManager scope = prediction.getManager();
    NDArray lengths = length(prediction).mul(length(y));
    NDArray cosine = DeviceArrays.sumOfEach(prediction.mul(y)).div(lengths);
    return DeviceArrays.constant(scope, 1)
        .sub(cosine)
        .mul(DeviceArrays.constant(scope, concentration));
  }

  private static NDArray length(NDArray vectors) {
    return DeviceArrays.sumOfEach(vectors.square()).sqrt();
  }

  /**
   * Draws a direction, a vector of length 1.
   *
   * <p>Source: Wood, "Simulation of the von Mises Fisher distribution", Communications in
   * Statistics 1994, algorithm VM*.
   */
  @Override
  public float[] simulate(float[] prediction, RandomStream random) {
    int dimension = prediction.length;
    double cosine = drawnCosine(dimension, random);
    double length = Math.sqrt(product(prediction, prediction));
    float[] across = random.gaussian(dimension);
    double along = product(across, prediction) / (length * length);
    for (int i = 0; i < dimension; i++) {
      across[i] -= (float) (along * prediction[i]);
    }
    double sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
    double acrossLength = Math.sqrt(product(across, across));
    float[] y = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      y[i] = (float) (cosine * prediction[i] / length + sine * across[i] / acrossLength);
    }
    return y;
  }

  private double drawnCosine(int dimension, RandomStream random) {
    double degrees = dimension - 1.0;
    double b =
        degrees
            / (2 * concentration
                + Math.sqrt(4 * concentration * concentration + degrees * degrees));
    double x0 = (1 - b) / (1 + b);
    double c = concentration * x0 + degrees * Math.log(1 - x0 * x0);
    while (true) {
      // Beta(degrees / 2, degrees / 2) is a ratio of sums of squares.
      double one = squares(dimension - 1, random);
      double beta = one / (one + squares(dimension - 1, random));
      double cosine = (1 - (1 + b) * beta) / (1 - (1 - b) * beta);
      double accepted = concentration * cosine + degrees * Math.log(1 - x0 * cosine) - c;
      if (accepted >= Math.log(1 - random.uniform())) {
        return cosine;
      }
    }
  }

  private static double squares(int count, RandomStream random) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double draw = random.gaussian();
      sum += draw * draw;
    }
    return sum;
  }

  @Override
  public double misfit(float[] prediction, float[] y) {
    double lengths = Math.sqrt(product(prediction, prediction) * product(y, y));
    double cosine = product(prediction, y) / lengths;
    return (1 - cosine) / (1 - meanCosine(y.length));
  }

  /**
   * The expected cosine I_{d/2}(kappa) / I_{d/2-1}(kappa), by Gauss's continued fraction of the
   * ratio of Bessel functions.
   */
  double meanCosine(int dimension) {
    double order = dimension / 2.0 - 1;
    double ratio = 0;
    for (int i = (int) concentration + TERMS; i >= 0; i--) {
      ratio = 1 / (2 * (order + i + 1) / concentration + ratio);
    }
    return ratio;
  }

  @Override
  public String misfitFormula() {
    return "(1 - cos(A(x), y)) / its expected value";
  }

  @Override
  public void check(float[] y) {
    if (y.length < 2 || product(y, y) == 0) {
      throw new IllegalArgumentException(
          "A target embedding needs two values or more, not all of them 0.");
    }
  }

  @Override
  public String toString() {
    return "Direction of an embedding, concentration " + concentration;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
