package io.github.posteriorj.imagej;

import ij.ImagePlus;
import io.github.posteriorj.image.Planes;

/**
 * Where an image is saturated: at the pixels that the camera stored as the highest value that 8 or
 * 16 bits hold, or that a 32-bit image has; or at a level that is given.
 *
 * @param saturated for each pixel, whether it is
 * @param level the intensity from which pixels are, in calibrated units
 */
public record Saturation(boolean[] saturated, double level) {

  /** The intensity from which pixels of an image would be saturated, in calibrated units. */
  public static double levelOf(ImagePlus image) {
    StoredValues stored = StoredValues.of(image);
    return stored.intensity(level(stored));
  }

  /**
   * The saturated pixels of an image.
   *
   * @param key the parameter that a level can be given in, for the message
   * @throws IllegalArgumentException if there are none; the message names the highest value that
   *     there is, and how many pixels share it
   */
  public static Saturation of(ImagePlus image, String key) {
    StoredValues stored = StoredValues.of(image);
    float level = level(stored);
    boolean[] saturated = atLeast(level, stored.values());
    if (count(saturated) == 0) {
      throw new IllegalArgumentException(noneIsSaturated(image, stored, key));
    }
    return new Saturation(saturated, stored.intensity(level));
  }

  /**
   * The pixels from a given intensity on.
   *
   * @param level in calibrated units
   * @param key the parameter that gives it
   * @throws IllegalArgumentException if there are none
   */
  public static Saturation from(double level, ImagePlus image, String key) {
    float[] intensities = Planes.pixels(InputPlane.readAsItIs(image, InputPlane.IMAGE));
    boolean[] saturated = atLeast((float) level, intensities);
    if (count(saturated) == 0) {
      throw new IllegalArgumentException(
          "No pixel of \"%s\" reaches %s=%s: its highest value is %s."
              .formatted(image.getTitle(), key, plain(level), plain(highest(intensities))));
    }
    return new Saturation(saturated, level);
  }

  private static String noneIsSaturated(ImagePlus image, StoredValues stored, String key) {
    float highest = highest(stored.values());
    int shared = count(atLeast(highest, stored.values()));
    String value = plain(stored.intensity(highest));
    String told =
        "No pixel of \"%s\" is saturated: none has %s, the highest value that its %d bits hold. "
            .formatted(
                image.getTitle(), plain(stored.intensity(stored.limit())), image.getBitDepth());
    return told
        + (shared == 1
            ? "Its highest value, %s, is that of one pixel alone. Where the camera saturates below, give the level in %s."
                .formatted(value, key)
            : "But %d pixels share its highest value, %s: if the camera saturates there, write %s=%s."
                .formatted(shared, value, key, value));
  }

  private static float level(StoredValues stored) {
    return Float.isFinite(stored.limit()) ? stored.limit() : highest(stored.values());
  }

  private static float highest(float[] values) {
    float highest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      highest = Float.isFinite(value) ? Math.max(highest, value) : highest;
    }
    return highest;
  }

  private static boolean[] atLeast(float level, float[] values) {
    boolean[] bright = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      bright[i] = values[i] >= level;
    }
    return bright;
  }

  private static int count(boolean[] pixels) {
    int count = 0;
    for (boolean pixel : pixels) {
      count += pixel ? 1 : 0;
    }
    return count;
  }

  /** Whole numbers without decimals, others as precise as pixels are. */
  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Float.toString((float) value);
  }
}
