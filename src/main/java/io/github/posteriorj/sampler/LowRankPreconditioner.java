package io.github.posteriorj.sampler;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Coordinates in which a likelihood's curvature is gone along the few directions of noise space
 * where it is large: z = S w with S = (I + V Lambda V^T)^(-1/2) = I + V ((I + Lambda)^(-1/2) - I)
 * V^T, V orthonormal.
 *
 * <p>V and Lambda are eigenvectors and eigenvalues of the mean outer product of scores, which
 * estimates the Fisher information of the likelihood, averaged over the posterior. The rest of the
 * space keeps the prior's covariance I.
 *
 * <p>Sources: Cui, Law and Marzouk, "Dimension-independent likelihood-informed MCMC", Journal of
 * Computational Physics 2016, sections 3.2 and 3.3 (the split of the space); Titsias, "Optimal
 * preconditioning and Fisher adaptive Langevin sampling", NeurIPS 2023 (outer products of scores).
 */
final class LowRankPreconditioner implements Preconditioner {

  /** Below this the prior's curvature, 1, rules: nothing is gained. */
  private static final double LEAST_EIGENVALUE = 0.1;

  /** V^T, [rank][dimension]. */
  private final float[][] directions;

  private final double[] eigenvalues;

  private LowRankPreconditioner(float[][] directions, double[] eigenvalues) {
    this.directions = directions;
    this.eigenvalues = eigenvalues;
  }

  /**
   * Learns the coordinates.
   *
   * @param scores gradients of simulated negative log-likelihoods, [scores][dimension]
   */
  static LowRankPreconditioner ofScores(float[][] scores) {
    int count = scores.length;
    RealMatrix products = new Array2DRowRealMatrix(count, count);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double product = product(scores[i], scores[j]) / count;
        products.setEntry(i, j, product);
        products.setEntry(j, i, product);
      }
    }
    // Singular values of a positive matrix are its eigenvalues; the library's decomposition into
    // eigenvalues does not always converge where many of them are zero.
    SingularValueDecomposition decomposition = new SingularValueDecomposition(products);
    double[] eigenvalues =
        Arrays.stream(decomposition.getSingularValues())
            .takeWhile(value -> value > LEAST_EIGENVALUE)
            .toArray();
    float[][] directions = new float[eigenvalues.length][scores[0].length];
    for (int k = 0; k < eigenvalues.length; k++) {
      double[] weights = decomposition.getU().getColumn(k);
      double scale = 1 / Math.sqrt(eigenvalues[k] * count);
      for (int i = 0; i < count; i++) {
        addMultiple(directions[k], scores[i], weights[i] * scale);
      }
    }
    return new LowRankPreconditioner(directions, eigenvalues);
  }

  /** Lambda, the largest eigenvalue first. */
  double[] eigenvalues() {
    return eigenvalues.clone();
  }

  @Override
  public float[] toLatent(float[] w) {
    return scaled(w, -0.5);
  }

  @Override
  public float[] toCoordinates(float[] z) {
    return scaled(z, 0.5);
  }

  @Override
  public float[] pullBack(float[] gradient) {
    return scaled(gradient, -0.5);
  }

  @Override
  public String toString() {
    return "low-rank, %d directions".formatted(eigenvalues.length);
  }

  /** (I + V Lambda V^T)^power times a vector. */
  private float[] scaled(float[] vector, double power) {
    float[] result = vector.clone();
    for (int k = 0; k < eigenvalues.length; k++) {
      double factor = Math.pow(1 + eigenvalues[k], power) - 1;
      addMultiple(result, directions[k], factor * product(directions[k], vector));
    }
    return result;
  }

  private static double product(float[] a, float[] b) {
    // Four sums side by side: one alone would wait for each addition.
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      first += (double) a[i] * b[i];
      second += (double) a[i + 1] * b[i + 1];
      third += (double) a[i + 2] * b[i + 2];
      fourth += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      first += (double) a[i] * b[i];
    }
    return first + second + third + fourth;
  }

  private static void addMultiple(float[] sum, float[] vector, double factor) {
    float multiplier = (float) factor;
    for (int i = 0; i < sum.length; i++) {
      sum[i] += multiplier * vector[i];
    }
  }
}
