package io.github.posteriorj.operator;

/**
 * What an instrument makes of a pixel where it treats each by itself, with the same gain, offset
 * and limits: A(x)_i = min(max(gain x_i + offset, low), high).
 *
 * @param gain above 0 or below
 * @param offset what an intensity of 0 would be measured as, were there no limits
 * @param low the least value that is measured, or minus infinity
 * @param high the greatest one, above low, or infinity
 */
public record PixelResponse(double gain, double offset, double low, double high) {

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

  /** The intensity that would be measured as a value, were there no limits. */
  public double inverse(double value) {
    return (value - offset) / gain;
  }
}
