package io.github.posteriorj.sampler.level;

import org.hipparchus.special.Erf;

/**
 * The standard normal distribution between two limits.
 *
 * @param from the lower limit, or minus infinity
 * @param to the upper limit, or infinity
 */
record NormalInterval(double from, double to) {

  /** Beyond it a tail is exponential to 2 %, and {@code erfcInv} has lost its digits. */
  private static final double TAIL = 7;

  /** Limits so far out are as good as none. */
  private static final double NEVER = 8;

  /** ln P(from &lt; N(0, 1) &lt; to), precise however small it is. */
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
            ? from - Math.log1p((outer - 1) * tailShare()) / from
            : Math.sqrt(2) * Erf.erfcInv(2 * (above(to) + outer * (above(from) - above(to))));
    return Math.min(Math.max(z, from), to);
  }

  private boolean isWhole() {
    return from < -NEVER && to > NEVER;
  }

  private boolean isLeft() {
    return from + to < 0;
  }

  private NormalInterval mirrored() {
    return new NormalInterval(-to, -from);
  }

  /** Of an exponential tail, what lies below the upper limit. */
  private double tailShare() {
    return -Math.expm1(-from * (to - from));
  }

  private static double above(double z) {
    return Erf.erfc(z / Math.sqrt(2)) / 2;
  }
}
