package io.github.posteriorj.imagej;

import ij.ImagePlus;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.image.RobustLevel;
import io.github.posteriorj.operator.PointSpreadFunction;
import io.github.posteriorj.tensor.ImageSize;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The point spread function or motion kernel that an image shows, checked for what a measured one
 * has wrong most often: pixels of another size, a background that was left in it, a border that
 * cuts it off.
 */
public final class MeasuredPsf {

  /**
   * Share of the light that the border's level may make up, spread over the whole image: of more, a
   * restoration makes a haze around everything.
   */
  private static final double LARGEST_BACKGROUND = 0.1;

  /** Share of the light that negative values may take away. */
  private static final double LARGEST_NEGATIVE = 0.25;

  /** Share of the highest value that a pixel at the border may have. */
  private static final double HIGHEST_AT_BORDER = 0.25;

  /** Standard errors of the border's level that its noise alone does not reach. */
  private static final double STANDARD_ERRORS = 4;

  /** Fewer pixels a side are border only. */
  private static final int LEAST_SIDE = 3;

  private final String title;
  private final NamedPlane plane;
  private final double[] values;
  private final double[] border;

  private MeasuredPsf(ImagePlus shown, String key) {
    this.title = "\"" + shown.getTitle() + "\"";
    this.plane = MeasuredImage.plane(shown, key).orElseThrow();
    float[] pixels = plane.values();
    this.values = IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i]).toArray();
    this.border =
        IntStream.range(0, pixels.length)
            .filter(this::isAtBorder)
            .mapToDouble(i -> pixels[i])
            .toArray();
  }

  private boolean isAtBorder(int pixel) {
    int column = pixel % plane.width();
    int row = pixel / plane.width();
    return column == 0 || column == plane.width() - 1 || row == 0 || row == plane.height() - 1;
  }

  /**
   * The point spread function of an image, which may be constant: a blur over a rectangle.
   *
   * @param shown an image of it
   * @param key the parameter that names it in macros
   * @param image the image that it blurs or has blurred
   * @throws IllegalArgumentException if there is no such image, it has more pixels than the other
   *     one, or pixels of another size where both are calibrated, its values are none of a point
   *     spread function, or its border is not dark; the message has the numbers and says what to do
   */
  public static NamedPlane of(ImagePlus shown, String key, ImagePlus image) {
    MeasuredPsf measured = new MeasuredPsf(shown, key);
    measured.checkAgainst(shown, image);
    measured.checkThatNothingIsCutOff();
    return measured.plane;
  }

  /** The same for the kernel of a motion, whose path may end at the border. */
  public static NamedPlane ofMotion(ImagePlus shown, String key, ImagePlus image) {
    MeasuredPsf measured = new MeasuredPsf(shown, key);
    measured.checkAgainst(shown, image);
    return measured.plane;
  }

  private void checkAgainst(ImagePlus shown, ImagePlus image) {
    PointSpreadFunction.of(plane.values(), plane.width(), plane.height())
        .requireFits(ImageSize.ofPlane(1, image.getHeight(), image.getWidth()));
    checkPixelSize(PixelSize.of(shown), PixelSize.of(image));
    checkBackground();
    checkNegativeValues();
  }

  private void checkPixelSize(Optional<PixelSize> own, Optional<PixelSize> others) {
    if (own.isEmpty() || others.isEmpty() || own.get().isLike(others.get())) {
      return;
    }
    throw new IllegalArgumentException(
        ("The pixels of %s are %s wide, but those of the image %s. Scale it to the image's pixels"
                + " (Image > Scale..., X %s, Y %s), or correct the pixel size of the one that is"
                + " wrong (Image > Properties...).")
            .formatted(
                title,
                own.get(),
                others.get(),
                (float) (own.get().width() / others.get().width()),
                (float) (own.get().height() / others.get().height())));
  }

  private void checkBackground() {
    RobustLevel level = RobustLevel.of(border);
    double share = level.median() * values.length / Arrays.stream(values).sum();
    if (hasInside()
        && Math.abs(share) > LARGEST_BACKGROUND
        && Math.abs(level.median()) > STANDARD_ERRORS * level.standardError()) {
      throw new IllegalArgumentException(
          ("The border of %s is not dark: it is at %s, which over all its pixels is %.0f %% of the"
                  + " light. Subtract the camera's background from it first (Process > Math >"
                  + " Subtract..., value %s). If there is none, the image cuts the point spread"
                  + " function off: take a larger one.")
              .formatted(title, (float) level.median(), 100 * share, (float) level.median()));
    }
  }

  private void checkNegativeValues() {
    double positive = Arrays.stream(values).map(value -> Math.max(value, 0)).sum();
    double negative = Arrays.stream(values).map(value -> Math.max(-value, 0)).sum();
    if (negative > LARGEST_NEGATIVE * positive) {
      throw new IllegalArgumentException(
          ("%s has negative values that take away %.0f %% of its light, but light is never"
               + " negative. Subtract less background from it, or crop it around its bright part:"
               + " what is far from it is noise.")
              .formatted(title, 100 * negative / positive));
    }
  }

  private void checkThatNothingIsCutOff() {
    double share = highest(border) / highest(values);
    if (hasInside() && share > HIGHEST_AT_BORDER) {
      throw new IllegalArgumentException(
          ("%s is cut off: at its border it still has %.0f %% of its highest value. Take a larger"
                  + " image of the point spread function, with its bright part in the middle.")
              .formatted(title, 100 * share));
    }
  }

  /** A rectangle, or a line of pixels, is as bright at its border as elsewhere. */
  private boolean hasInside() {
    return Math.min(plane.width(), plane.height()) >= LEAST_SIDE
        && Arrays.stream(values).anyMatch(value -> value != values[0]);
  }

  private static double highest(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }
}
