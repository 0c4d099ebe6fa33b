package io.github.posteriorj.metric;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * The Frechet distance of two sets of features, each taken for normal:
 *
 * <p>|m - n|^2 + tr(C + D - 2 (C D)^(1/2)),
 *
 * <p>with the means m, n and the (unbiased) covariances C, D. It is larger the fewer rows there
 * are: only distances of sets of equal sizes can be compared.
 *
 * <p>Source: FID of Heusel et al., "GANs trained by a two time-scale update rule converge to a
 * local Nash equilibrium", NeurIPS 2017, equation 6.
 */
public final class FrechetDistance {

  private FrechetDistance() {}

  /**
   * The distance of two sets.
   *
   * @param a [rows][features], at least 2 rows
   * @param b [rows][features], of as many features
   * @return 0 or more, but for rounding
   * @throws IllegalArgumentException if there are fewer rows, or features differ in number
   */
  public static double of(float[][] a, float[][] b) {
    FeatureRows.check(a, b);
    RealMatrix first = matrix(a);
    RealMatrix second = matrix(b);
    double distance = 0;
    for (int i = 0; i < a[0].length; i++) {
      double gap = mean(first.getColumn(i)) - mean(second.getColumn(i));
      distance += gap * gap;
    }
    RealMatrix c = new Covariance(first).getCovarianceMatrix();
    RealMatrix d = new Covariance(second).getCovarianceMatrix();
    return distance + c.getTrace() + d.getTrace() - 2 * traceOfRoot(c, d);
  }

  /** tr (C D)^(1/2) = tr (C^(1/2) D C^(1/2))^(1/2), of a matrix that is symmetric. */
  private static double traceOfRoot(RealMatrix c, RealMatrix d) {
    EigenDecomposition eigen = new EigenDecomposition(c);
    RealMatrix root =
        eigen
            .getV()
            .multiply(MatrixUtils.createRealDiagonalMatrix(roots(eigen.getRealEigenvalues())))
            .multiply(eigen.getVT());
    RealMatrix product = root.multiply(d).multiply(root);
    RealMatrix symmetric = product.add(product.transpose()).scalarMultiply(0.5);
    return Arrays.stream(roots(new EigenDecomposition(symmetric).getRealEigenvalues())).sum();
  }

  /** Eigenvalues of fewer rows than features are 0, and may be rounded below. */
  private static double[] roots(double[] eigenvalues) {
    return Arrays.stream(eigenvalues).map(value -> Math.sqrt(Math.max(value, 0))).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static RealMatrix matrix(float[][] rows) {
    double[][] copy = new double[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        copy[i][k] = rows[i][k];
      }
    }
    return new Array2DRowRealMatrix(copy, false);
  }
}
