package io.github.posteriorj.metric;

/**
 * The kernel distance of two sets of features: the unbiased estimate of their squared maximum mean
 * discrepancy,
 *
 * <p>mean_(i != j) k(a_i, a_j) + mean_(i != j) k(b_i, b_j) - 2 mean_(i, j) k(a_i, b_j),
 *
 * <p>k(x, y) = (x . y / d + 1)^3, with d features. Its expectation does not depend on the number of
 * rows.
 *
 * <p>Source: KID of Binkowski et al., "Demystifying MMD GANs", ICLR 2018, section 4.
 */
public final class KernelDistance {

  private KernelDistance() {}

  /**
   * The distance of two sets.
   *
   * @param a [rows][features], at least 2 rows
   * @param b [rows][features], of as many features
   * @return about 0, of either sign, for sets of one distribution
   * @throws IllegalArgumentException if there are fewer rows, or features differ in number
   */
  public static double of(float[][] a, float[][] b) {
    FeatureRows.check(a, b);
    double across = 0;
    for (float[] row : a) {
      for (float[] other : b) {
        across += kernel(row, other);
      }
    }
    return inside(a) + inside(b) - 2 * across / a.length / b.length;
  }

  private static double inside(float[][] rows) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < i; k++) {
        sum += kernel(rows[i], rows[k]);
      }
    }
    return 2 * sum / rows.length / (rows.length - 1);
  }

  private static double kernel(float[] a, float[] b) {
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
    }
    double base = product / a.length + 1;
    return base * base * base;
  }
}
