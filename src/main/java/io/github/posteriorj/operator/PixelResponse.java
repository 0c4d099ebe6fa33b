package io.github.posteriorj.operator;

/**
 * What an instrument makes of a pixel where it treats each by itself, with the same gain, offset
 * and limits: A(x)_i = min(max(gain x_i + offset, low), high).
 *
 * @param gain not 0
 * @param offset what an intensity of 0 would be measured as, were there no limits
 * @param low the least value that is measured, or minus infinity
 * @param high the greatest one, not below low, or infinity
 */
public record PixelResponse(double gain, double offset, double low, double high) {

  /**
   * What is measured nearer to a limit than this share of the limits' distance may be at the limit,
   * but for its noise.
   */
  private static final double NEAR = 0.125;

  /**
   * A response.
   *
   * @throws IllegalArgumentException if the gain is 0 or not finite, or high is below low
   */
  public PixelResponse {
    if (gain == 0 || !Double.isFinite(gain) || !(low <= high)) {
      throw new IllegalArgumentException(
          "A pixel's response needs a gain other than 0, not %s, and limits in order, not %s and %s."
              .formatted(gain, low, high));
    }
  }

  /** A response without limits. */
  static PixelResponse affine(double gain, double offset) {
    return new PixelResponse(gain, offset, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /**
   * This response, and then another one of what it gives.
   *
   * @param next what sees this one's measurement
   */
  PixelResponse then(PixelResponse next) {
    double one = next.of(low);
    double other = next.of(high);
    return new PixelResponse(
        gain * next.gain,
        offset * next.gain + next.offset,
        Math.min(one, other),
        Math.max(one, other));
  }

  /** What an intensity is measured as. */
  public double of(double intensity) {
    return Math.min(Math.max(gain * intensity + offset, low), high);
  }

  /** Whether a measured value may be that of a darker pixel, but for its noise. */
  public boolean mayBeLow(double measured) {
    return measured < low + NEAR * (high - low);
  }

  /** Whether a measured value may be that of a brighter pixel, but for its noise. */
  public boolean mayBeHigh(double measured) {
    return measured > high - NEAR * (high - low);
  }

  /** The intensity that would be measured as a value, were there no limits. */
  public double inverse(double value) {
    return (value - offset) / gain;
  }
}
