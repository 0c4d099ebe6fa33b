package io.github.posteriorj.command;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.text.Labelled;

/** Where the pixels of an image that are not to be believed are known from. */
public enum HiddenPixels implements Labelled {

  /** A mask image, 0 at hidden pixels. */
  MASK("mask") {
    @Override
    boolean[] visible(ImagePlus image, ImagePlus mask) {
      if (mask == null) {
        throw new IllegalArgumentException(
            "There is no mask image. Give one in mask=[...], 0 where pixels are hidden, or choose"
                + " hidden=selection, dead or saturated.");
      }
      return test(Planes.pixels(InputPlane.readAsItIs(mask, "mask")), value -> value != 0);
    }
  },

  /** The image's selection: hidden inside. */
  SELECTION("selection") {
    @Override
    boolean[] visible(ImagePlus image, ImagePlus mask) {
      Roi selection = image.getRoi();
      if (selection == null || !selection.isArea()) {
        throw new IllegalArgumentException(
            "\""
                + image.getTitle()
                + "\" has no area selection. Draw one around the pixels to hide, or give a mask.");
      }
      boolean[] visible = new boolean[image.getWidth() * image.getHeight()];
      for (int i = 0; i < visible.length; i++) {
        visible[i] = !selection.contains(i % image.getWidth(), i / image.getWidth());
      }
      return visible;
    }
  },

  /** Pixels that are 0 or not finite. */
  DEAD("dead") {
    @Override
    boolean[] visible(ImagePlus image, ImagePlus mask) {
      float[] pixels = Planes.pixels(InputPlane.readAsItIs(image, InputPlane.IMAGE));
      return test(pixels, value -> value != 0 && Float.isFinite(value));
    }
  },

  /** Pixels at the highest value that the image's type has, or that a 32-bit image shows. */
  SATURATED("saturated") {
    @Override
    boolean[] visible(ImagePlus image, ImagePlus mask) {
      float[] pixels = Planes.pixels(InputPlane.readAsItIs(image, InputPlane.IMAGE));
      double level = SaturationLevel.of(image);
      return test(pixels, value -> value < level);
    }
  };

  /** Tells visible values from hidden ones. */
  private interface Visibility {
    boolean isVisible(float value);
  }

  private final String label;

  HiddenPixels(String label) {
    this.label = label;
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
   * @throws IllegalArgumentException if there is no such mask, it has another size, or hides
   *     everything; the message says which
   */
  public PixelMask mask(ImagePlus image, ImagePlus mask) {
    boolean[] visible = visible(image, mask);
    if (mask != null
        && (mask.getWidth() != image.getWidth() || mask.getHeight() != image.getHeight())) {
      throw new IllegalArgumentException(
          "The mask has %d x %d pixels, but the image has %d x %d. Use a mask of the image's size."
              .formatted(mask.getWidth(), mask.getHeight(), image.getWidth(), image.getHeight()));
    }
    return PixelMask.of(visible, image.getWidth(), image.getHeight());
  }

  /** For each pixel, whether it is to be believed. */
  abstract boolean[] visible(ImagePlus image, ImagePlus mask);

  private static boolean[] test(float[] values, Visibility visibility) {
    boolean[] visible = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      visible[i] = visibility.isVisible(values[i]);
    }
    return visible;
  }
}
