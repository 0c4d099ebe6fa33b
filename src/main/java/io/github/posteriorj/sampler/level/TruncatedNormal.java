package io.github.posteriorj.sampler.level;

import org.apache.commons.math3.special.Erf;

/**
 * The standard normal distribution between two limits.
 *
 * @param from the lower limit, or minus infinity
 * @param to the upper limit, or infinity
 */
record TruncatedNormal(double from, double to) {

  /** From here on the density is taken for z exp(-z^2 / 2) / from, which is right to 4 %. */
  private static final double TAIL = 5;

  /** Limits so far out are as good as none. */
  private static final double NEVER = 8;

  /** ln P(from &lt; N(0, 1) &lt; to), however small that is. */
  double logMass() {
    if (!(from < to)) {
      return Double.NEGATIVE_INFINITY;
    }
    if (isWhole()) {
      return 0;
    }
    if (isLeft()) {
      return mirrored().logMass();
    }
    return from > TAIL
        ? -from * from / 2 - Math.log(from * Math.sqrt(2 * Math.PI)) + Math.log(tailShare())
        : Math.log(above(from) - above(to));
  }

  /**
   * The quantile of the distribution between the limits at the probability that a standard normal
   * number has: if that is drawn, this is a draw from between them.
   */
  double quantile(double normal) {
    if (isWhole()) {
      return normal;
    }
    if (isLeft()) {
      return -mirrored().quantile(-normal);
    }
    double outer = above(normal);
    double z =
        from > TAIL
            ? Double.POSITIVE_INFINITY
            : Math.sqrt(2) * Erf.erfcInv(2 * (above(to) + outer * (above(from) - above(to))));
    // The inverse has no value for probabilities below 1e-16.
    double finite =
        Double.isInfinite(z)
            ? Math.sqrt(Math.max(from, 0) * from - 2 * Math.log(outer * tailShare() + tailBeyond()))
            : z;
    return Math.min(Math.max(finite, from), to);
  }

  private boolean isWhole() {
    return from < -NEVER && to > NEVER;
  }

  private boolean isLeft() {
    return from + to < 0;
  }

  private TruncatedNormal mirrored() {
    return new TruncatedNormal(-to, -from);
  }

  /** Of the tail above the lower limit, what lies below the upper one. */
  private double tailShare() {
    return -Math.expm1((from - to) * (from + to) / 2);
  }

  /** And what lies above it. */
  private double tailBeyond() {
    return Math.exp((from - to) * (from + to) / 2);
  }

  private static double above(double z) {
    return Erf.erfc(z / Math.sqrt(2)) / 2;
  }
}
