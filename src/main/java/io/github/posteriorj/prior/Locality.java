package io.github.posteriorj.prior;

/**
 * How far a map between images looks: it can be computed window by window, exactly.
 *
 * <p>A window that begins at a multiple of the stride, with a {@link #halo} around it, gives the
 * same pixels as the whole canvas, up to the rounding of float32.
 *
 * @param reach the result at a pixel depends on pixels at most so many rows and columns away
 * @param stride the map commutes with shifts by multiples of so many pixels
 */
public record Locality(int reach, int stride) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the reach is negative, or the stride not positive
   */
  public Locality {
    if (reach < 0 || stride < 1) {
      throw new IllegalArgumentException(
          "The reach must be 0 or more and the stride 1 or more, not %d and %d."
              .formatted(reach, stride));
    }
  }

  /** The locality of maps like this one after another. */
  public Locality repeated(int times) {
    return new Locality(Math.multiplyExact(reach, times), stride);
  }

  /** The least multiple of the stride that is not below the reach. */
  public int halo() {
    return (reach + stride - 1) / stride * stride;
  }
}
