package io.github.posteriorj.image;

/**
 * The straight line between an image's intensities and a model's range of values: black goes to the
 * range's low end, white to its high end. Values beyond them are mapped by the same line, not
 * clipped.
 *
 * @param black the intensity of the low end, in the image's units
 * @param white the intensity of the high end, in the image's units, above black
 * @param low the model's value for black
 * @param high the model's value for white, above low
 */
public record IntensityScale(double black, double white, double low, double high) {

  /**
   * A scale between two ranges.
   *
   * @throws IllegalArgumentException if one of the ranges is empty, reversed or not finite
   */
  public IntensityScale {
    if (!(black < white) || !Double.isFinite(white - black)) {
      throw new IllegalArgumentException(
          "The intensity range must go from a lower to a higher value, not from "
              + black
              + " to "
              + white
              + ".");
    }
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "The model's range must go from a lower to a higher value, not from "
              + low
              + " to "
              + high
              + ".");
    }
  }

  /** Intensity units per unit of the model's range. */
  public double slope() {
    return (white - black) / (high - low);
  }

  /** The intensity of the model's value 0. */
  public double offset() {
    return black - low * slope();
  }

  /** Maps values of the model to intensities, into a new array. */
  public float[] toIntensity(float[] values) {
    return line(values, slope(), offset());
  }

  /** Maps variances of the model's values to variances of intensities, into a new array. */
  public float[] toIntensityVariance(float[] variances) {
    return line(variances, slope() * slope(), 0);
  }

  private static float[] line(float[] values, double factor, double offset) {
    float[] mapped = new float[values.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = (float) (factor * values[i] + offset);
    }
    return mapped;
  }
}
