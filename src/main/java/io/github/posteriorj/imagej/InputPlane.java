package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.process.LUT;
import io.github.posteriorj.image.Planes;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/** Reads the gray plane of an ImageJ image. */
public final class InputPlane {

  /** The parameter that names a command's main image in macros. */
  public static final String IMAGE = "image";

  /** Looked at of a look-up table, whose neighbours may differ in hue alone: 255 = 15 x 17. */
  private static final int SHADES = 15;

  private static final int SHADE = 17;

  /** Such as the ends of the table HiLo, which tell of saturation. */
  private static final int ODD_SHADES = 2;

  private InputPlane() {}

  /** Reads the image of the key {@value #IMAGE} as {@link #read(ImagePlus, String)} does. */
  public static RandomAccessibleInterval<FloatType> read(ImagePlus image) {
    return read(image, IMAGE);
  }

  /**
   * Copies the pixels of an image of 8, 16 or 32 bits, in calibrated units where the image has an
   * intensity calibration.
   *
   * @param key the parameter that names the image in macros
   * @throws IllegalArgumentException if there is no image, it is in colour, has several channels,
   *     slices or frames, holds values that are not finite, or is constant; the message says what
   *     to do
   */
  public static RandomAccessibleInterval<FloatType> read(ImagePlus image, String key) {
    RandomAccessibleInterval<FloatType> plane = readAsItIs(image, key);
    checkValues("\"" + image.getTitle() + "\"", Planes.pixels(plane));
    return plane;
  }

  /**
   * Copies the pixels of a gray image that may be constant, or hold values that are not finite,
   * such as a mask, labels, a kernel, or an image with dead pixels.
   *
   * @param key the parameter that names the image in macros
   * @throws IllegalArgumentException if there is no image, it is in colour, or has several
   *     channels, slices or frames; the message says what to do
   */
  public static RandomAccessibleInterval<FloatType> readAsItIs(ImagePlus image, String key) {
    checkIsThere(image, key);
    String title = "\"" + image.getTitle() + "\"";
    if (isColour(image)) {
      throw new IllegalArgumentException(
          title
              + " is a colour image. Use one gray channel of it: Image > Type > 8-bit, or Image >"
              + " Color > Split Channels.");
    }
    if (image.getStackSize() > 1) {
      throw new IllegalArgumentException(
          title
              + " has "
              + image.getStackSize()
              + " channels, slices or frames. Choose one and use Image > Duplicate... without"
              + " \"Duplicate stack\".");
    }
    return Planes.of(
        PixelCopies.of(image, image.getProcessor()).get(0), image.getWidth(), image.getHeight());
  }

  /** Whether an image is one gray plane, as {@link #readAsItIs} takes it. */
  static boolean isGray(ImagePlus image) {
    return !isColour(image) && image.getStackSize() == 1;
  }

  private static boolean isColour(ImagePlus image) {
    return image.getType() == ImagePlus.COLOR_RGB || hasIndexedColours(image);
  }

  /**
   * Checks that an image's values are intensities, be it of colours.
   *
   * @throws IllegalArgumentException if they are numbers of colours; the message says what to do
   */
  public static void checkIsNotIndexed(ImagePlus image) {
    if (hasIndexedColours(image)) {
      throw new IllegalArgumentException(
          "\""
              + image.getTitle()
              + "\" has indexed colours. Use Image > Type > 8-bit or RGB Color first.");
    }
  }

  /**
   * Whether an image's values are numbers of colours, and not intensities: ImageJ says so of every
   * image of 8 bits in false colours, but these rise from dark to bright, or fall, nearly
   * everywhere.
   */
  private static boolean hasIndexedColours(ImagePlus image) {
    if (image.getType() != ImagePlus.COLOR_256) {
      return false;
    }
    LUT colours = image.getProcessor().getLut();
    int rising = 0;
    int falling = 0;
    for (int i = 0; i < SHADES; i++) {
      int step = brightness(colours, (i + 1) * SHADE) - brightness(colours, i * SHADE);
      rising += step > 0 ? 1 : 0;
      falling += step < 0 ? 1 : 0;
    }
    return Math.max(rising, falling) < SHADES - ODD_SHADES;
  }

  /** In thousandths of the units of the colours (ITU-R BT.601). */
  private static int brightness(LUT colours, int index) {
    return 299 * colours.getRed(index)
        + 587 * colours.getGreen(index)
        + 114 * colours.getBlue(index);
  }

  /**
   * Copies the red, green and blue pixels of a colour image, one plane after the other.
   *
   * @throws IllegalArgumentException if there is no image, or it is not of type RGB; the message
   *     says what to do
   */
  public static float[] readColours(ImagePlus image) {
    checkIsThere(image, IMAGE);
    if (image.getType() != ImagePlus.COLOR_RGB) {
      throw new IllegalArgumentException(
          "\""
              + image.getTitle()
              + "\" is not a colour image of type RGB. Convert it: Image > Type > RGB Color.");
    }
    return PixelCopies.joined(PixelCopies.of(image, image.getProcessor()));
  }

  /** Fiji hands an empty 0 x 0 image over when a macro names a title that is not open. */
  static boolean isThere(ImagePlus image) {
    return image != null && image.getWidth() > 0 && image.getProcessor() != null;
  }

  /**
   * Checks that there is an image.
   *
   * @param key the parameter that names it in macros
   * @throws IllegalArgumentException if there is none; the message says what to do
   */
  public static void checkIsThere(ImagePlus image, String key) {
    if (!isThere(image)) {
      throw new IllegalArgumentException(missing(key));
    }
  }

  /** Says that there is no image of a key. */
  public static String missing(String key) {
    return "There is no such image. Open the image first, and check its title in "
        + key
        + "=[...].";
  }

  /**
   * Checks that pixels are those of a measurement.
   *
   * @param title what the message calls them
   * @throws IllegalArgumentException if they hold values that are not finite, or are constant; the
   *     message says what to do
   */
  static void checkValues(String title, float[] pixels) {
    boolean constant = true;
    int notNumbers = 0;
    int infinite = 0;
    for (float value : pixels) {
      constant &= value == pixels[0];
      notNumbers += Float.isNaN(value) ? 1 : 0;
      infinite += Float.isInfinite(value) ? 1 : 0;
    }
    if (notNumbers + infinite > 0) {
      throw new IllegalArgumentException(notFinite(title, notNumbers, infinite));
    }
    if (constant) {
      throw new IllegalArgumentException(
          title + " is constant: every pixel is " + pixels[0] + ". There is nothing to see in it.");
    }
  }

  /** ImageJ's own commands that replace such pixels leave those of the other kind. */
  private static String notFinite(String title, int notNumbers, int infinite) {
    String count =
        "%s has %d pixel(s) that are NaN or infinite (%d NaN, %d infinite). "
            .formatted(title, notNumbers + infinite, notNumbers, infinite);
    String ofNumbers =
        notNumbers == 0 ? "" : "Replace the NaN by Process > Noise > Remove NaNs... ";
    String ofInfinite =
        infinite == 0
            ? ""
            : "Replace the infinite ones by Process > Math > Min... and Max..., with the lowest and"
                + " the highest value that you believe. ";
    return count
        + ofNumbers
        + ofInfinite
        + "Or leave all of them out: Posterior Inpaint with hidden=dead.";
  }
}
