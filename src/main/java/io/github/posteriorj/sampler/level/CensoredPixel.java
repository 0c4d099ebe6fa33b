package io.github.posteriorj.sampler.level;

import io.github.posteriorj.operator.PixelResponse;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;

/**
 * A pixel v of N(centre, deviation^2) that a camera with limits has measured: p(v) ∝ exp(-(v - u)^2
 * / (2 r^2) - w (y - A(v))^2 / 2).
 *
 * <p>Where A is clipped it does not depend on v, and elsewhere it is affine: three pieces of normal
 * distributions.
 *
 * @param response A
 * @param y what was measured
 * @param precision w, one over the noise's variance; 0 where nothing was measured, and v is u
 * @param centre u
 * @param deviation r
 */
record CensoredPixel(
    PixelResponse response, double y, double precision, double centre, double deviation) {

  /** Where so many draws were not of their piece, these are cut too short to wait for one. */
  private static final int MOST_DRAWS = 20;

  /**
   * A normal distribution between limits, times a factor.
   *
   * @param logFactor its logarithm
   */
  private record Piece(double logFactor, double mean, double deviation, double from, double to) {

    double drawn(RandomStream random) {
      return mean + deviation * random.gaussian();
    }

    boolean holds(double v) {
      return from <= v && v <= to;
    }

    TruncatedNormal interval() {
      return new TruncatedNormal((from - mean) / deviation, (to - mean) / deviation);
    }

    double quantile(double normal) {
      return Math.min(Math.max(mean + deviation * interval().quantile(normal), from), to);
    }
  }

  /**
   * A draw. Without their limits the pieces are normal distributions of known weights: what is
   * drawn from these follows p if it lies within the limits of its piece, and else is drawn again.
   */
  double drawn(RandomStream random) {
    if (precision == 0 || deviation == 0) {
      return centre;
    }
    Piece[] pieces = {below(), between(), above()};
    double[] factors = new double[pieces.length];
    Arrays.setAll(factors, piece -> pieces[piece].logFactor);
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      Piece piece = pieces[picked(factors, random)];
      double v = piece.drawn(random);
      if (piece.holds(v)) {
        return v;
      }
    }
    double[] weights = new double[pieces.length];
    Arrays.setAll(weights, piece -> factors[piece] + pieces[piece].interval().logMass());
    return pieces[picked(weights, random)].quantile(random.gaussian());
  }

  /** One of some alternatives, by the logarithms of their weights. */
  private static int picked(double[] logWeights, RandomStream random) {
    double largest = Math.max(logWeights[0], Math.max(logWeights[1], logWeights[2]));
    double first = Math.exp(logWeights[0] - largest);
    double second = Math.exp(logWeights[1] - largest);
    double third = Math.exp(logWeights[2] - largest);
    double place = random.uniform() * (first + second + third);
    if (place < first) {
      return 0;
    }
    return place < first + second ? 1 : 2;
  }

  private double darkLimit() {
    return Math.min(response.inverse(response.low()), response.inverse(response.high()));
  }

  private double brightLimit() {
    return Math.max(response.inverse(response.low()), response.inverse(response.high()));
  }

  private Piece below() {
    return clipped(Double.NEGATIVE_INFINITY, darkLimit());
  }

  private Piece above() {
    return clipped(brightLimit(), Double.POSITIVE_INFINITY);
  }

  /** Beyond a limit that there is not, there is nothing. */
  private Piece clipped(double from, double to) {
    double residual = y - response.of(Double.isInfinite(from) ? to : from);
    double logFactor = from < to ? -precision * residual * residual / 2 : Double.NEGATIVE_INFINITY;
    return new Piece(logFactor, centre, deviation, from, to);
  }

  private Piece between() {
    double gain = response.gain();
    double told = precision * gain * gain * deviation * deviation;
    double residual = y - gain * centre - response.offset();
    double mean = (centre + told * response.inverse(y)) / (1 + told);
    return new Piece(
        -(precision * residual * residual / (1 + told) + Math.log1p(told)) / 2,
        mean,
        deviation / Math.sqrt(1 + told),
        darkLimit(),
        brightLimit());
  }
}
