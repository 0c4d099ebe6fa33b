package io.github.posteriorj.command;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.Saturation;
import io.github.posteriorj.imagej.StoredValues;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.text.Labelled;

/** Where the pixels of an image that are not to be believed are known from. */
public enum HiddenPixels implements Labelled {

  /** A mask image, 0 or NaN at hidden pixels. */
  MASK(
      "mask",
      "The mask hides no pixel: it is 0 or NaN nowhere. Make it 0 where pixels of \"%s\" are not to"
          + " be believed.") {
    @Override
    boolean[] hidden(ImagePlus image, ImagePlus mask, double saturationLevel) {
      if (mask == null) {
        throw new IllegalArgumentException(
            "There is no mask image. Give one in mask=[...], 0 where pixels are hidden, or choose"
                + " hidden=selection, dead or saturated.");
      }
      return where(
          Planes.pixels(InputPlane.readAsItIs(mask, "mask")),
          value -> value == 0 || Float.isNaN(value));
    }
  },

  /** The image's selection: hidden inside. */
  SELECTION("selection", "The selection of \"%s\" holds no pixel. Draw a larger one.") {
    @Override
    boolean[] hidden(ImagePlus image, ImagePlus mask, double saturationLevel) {
      Roi selection = image.getRoi();
      if (selection == null || !selection.isArea()) {
        throw new IllegalArgumentException(
            "\""
                + image.getTitle()
                + "\" has no area selection. Draw one around the pixels to hide, or give a mask.");
      }
      boolean[] hidden = new boolean[image.getWidth() * image.getHeight()];
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = selection.contains(i % image.getWidth(), i / image.getWidth());
      }
      return hidden;
    }
  },

  /** Pixels that the camera stored as 0, or that are not finite. */
  DEAD(
      "dead",
      "\"%s\" has no dead pixels: none is 0, NaN or infinite. Without pixels to hide, use Posterior"
          + " Denoise.") {
    @Override
    boolean[] hidden(ImagePlus image, ImagePlus mask, double saturationLevel) {
      return where(StoredValues.of(image).values(), value -> value == 0 || !Float.isFinite(value));
    }
  },

  /** Pixels at the highest value that the image's type has, that a 32-bit image shows, or above. */
  SATURATED("saturated", "No pixel of \"%s\" is saturated.") {
    @Override
    boolean[] hidden(ImagePlus image, ImagePlus mask, double saturationLevel) {
      Saturation saturation =
          saturationLevel == 0
              ? Saturation.of(image, LEVEL_KEY)
              : Saturation.from(saturationLevel, image, LEVEL_KEY);
      return saturation.saturated();
    }
  };

  private static final String LEVEL_KEY = "saturation_level";

  /** Tells hidden values from visible ones. */
  private interface Test {
    boolean isHidden(float value);
  }

  private final String label;
  private final String noneIsHidden;

  HiddenPixels(String label, String noneIsHidden) {
    this.label = label;
    this.noneIsHidden = noneIsHidden;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The source of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static HiddenPixels labelled(String label) {
    return Labelled.find(values(), "source of hidden pixels", label);
  }

  /**
   * The mask of an image.
   *
   * @param image the measurement
   * @param mask the mask image, or null if none was given
   * @param saturationLevel the intensity from which pixels are saturated, or 0 for the highest that
   *     the image can have
   * @throws IllegalArgumentException if there is no such mask, it has another size, or hides
   *     everything or nothing; the message says which
   */
  public PixelMask mask(ImagePlus image, ImagePlus mask, double saturationLevel) {
    boolean[] visible = hidden(image, mask, saturationLevel);
    if (mask != null
        && (mask.getWidth() != image.getWidth() || mask.getHeight() != image.getHeight())) {
      throw new IllegalArgumentException(
          "The mask has %d x %d pixels, but the image has %d x %d. Use a mask of the image's size."
              .formatted(mask.getWidth(), mask.getHeight(), image.getWidth(), image.getHeight()));
    }
    boolean anyIsHidden = false;
    for (int i = 0; i < visible.length; i++) {
      anyIsHidden |= visible[i];
      visible[i] = !visible[i];
    }
    if (!anyIsHidden) {
      throw new IllegalArgumentException(noneIsHidden.formatted(image.getTitle()));
    }
    return PixelMask.of(visible, image.getWidth(), image.getHeight());
  }

  /** Whether each plane of a stack hides other pixels. */
  public boolean areOfEachPlane() {
    return this == DEAD || this == SATURATED;
  }

  /** For each pixel, whether it is not to be believed. */
  abstract boolean[] hidden(ImagePlus image, ImagePlus mask, double saturationLevel);

  private static boolean[] where(float[] values, Test test) {
    boolean[] hidden = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      hidden[i] = test.isHidden(values[i]);
    }
    return hidden;
  }
}
