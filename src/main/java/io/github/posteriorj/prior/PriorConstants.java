package io.github.posteriorj.prior;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The constants that belong to a prior's networks: what their files do not tell.
 *
 * @param sigmaMin noise level below which an image counts as clean (sigma_min), in the model's
 *     range
 * @param sigmaMax noise level of pure noise (sigma_max), in the model's range
 * @param low the model's value for black
 * @param high the model's value for white, the brightest structures of an ordinary image; there may
 *     be brighter ones
 * @param channels number of image channels
 * @param sizeMultiple the networks take heights and widths that are multiples of this
 * @param minimumSize the smallest image height and width that the prior is meant for, in pixels
 * @param gradientBytesPerPixel memory that a network and its gradient take for each pixel of noise
 * @param intermediateSigma the noise level of the second of two generation steps (t*), if one is
 *     recommended
 * @param reach how many rows and columns away a network's result may depend on its input, in
 *     pixels, if that is known to have a limit
 */
public record PriorConstants(
    double sigmaMin,
    double sigmaMax,
    double low,
    double high,
    int channels,
    int sizeMultiple,
    int minimumSize,
    int gradientBytesPerPixel,
    OptionalDouble intermediateSigma,
    OptionalInt reach) {

  /** The exponent of the noise levels of Karras et al. 2022. */
  private static final double RHO = 7;

  /**
   * Checks the constants.
   *
   * @throws IllegalArgumentException naming the one that cannot be
   */
  public PriorConstants {
    if (!(sigmaMin > 0) || !(sigmaMax > sigmaMin) || !Double.isFinite(sigmaMax)) {
      throw new IllegalArgumentException(
          "The noise levels must be 0 < sigma_min < sigma_max, not sigma_min = %s and sigma_max = %s."
              .formatted(sigmaMin, sigmaMax));
    }
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "The model's range must go from a lower to a higher value, not from %s to %s."
              .formatted(low, high));
    }
    positive("channels", channels);
    positive("size_multiple", sizeMultiple);
    positive("minimum_size", minimumSize);
    positive("bytes_per_pixel", gradientBytesPerPixel);
    if (reach.orElse(0) < 0) {
      throw new IllegalArgumentException("reach must be 0 or more, not " + reach.getAsInt() + ".");
    }
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value + ".");
    }
  }

  /**
   * The noise level after a share of the way from sigma_max (0) to sigma_min (1).
   *
   * <p>Source: Karras et al. 2022, equation 5, rho = 7.
   */
  public double karrasLevel(double share) {
    double start = Math.pow(sigmaMax, 1 / RHO);
    double end = Math.pow(sigmaMin, 1 / RHO);
    return Math.pow(start + share * (end - start), RHO);
  }

  /** How far one pass through a network looks, if that has a limit. */
  public Optional<Locality> locality() {
    return reach.isPresent()
        ? Optional.of(new Locality(reach.getAsInt(), sizeMultiple))
        : Optional.empty();
  }

  /** The least multiple of the size multiple that is not below a size. */
  public int roundUp(int size) {
    return (size + sizeMultiple - 1) / sizeMultiple * sizeMultiple;
  }
}
