package io.github.posteriorj.command;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.text.Labelled;

/** What the width of a point spread function is given in. */
public enum PsfUnit implements Labelled {

  /** The image's pixels. */
  PIXELS(PsfUnit.PIXELS_LABEL) {
    @Override
    public double pixels(double width, ImagePlus image) {
      return width;
    }
  },

  /** The unit of the image's calibration, such as micrometres. */
  CALIBRATED(PsfUnit.CALIBRATED_LABEL) {
    @Override
    public double pixels(double width, ImagePlus image) {
      Calibration calibration = image.getCalibration();
      if (!calibration.scaled()) {
        throw new IllegalArgumentException(
            "\""
                + image.getTitle()
                + "\" has no calibrated unit. Set its pixel size in Image > Properties, or give the"
                + " width in pixels (psf_unit=pixels).");
      }
      if (Math.abs(calibration.pixelWidth - calibration.pixelHeight)
          > TOLERANCE * calibration.pixelWidth) {
        throw new IllegalArgumentException(
            "The pixels of \""
                + image.getTitle()
                + "\" are not square, so that a width has no one number of pixels. Give it in"
                + " pixels (psf_unit=pixels).");
      }
      return width / calibration.pixelWidth;
    }
  };

  /** The label of {@link #PIXELS}. */
  public static final String PIXELS_LABEL = "pixels";

  /** The label of {@link #CALIBRATED}. */
  public static final String CALIBRATED_LABEL = "calibrated unit";

  /** The description of the input {@code psf_unit}. */
  public static final String DESCRIPTION =
      "What that width is given in: pixels, or the calibrated unit of the image (Image >"
          + " Properties).";

  private static final double TOLERANCE = 0.02;

  private final String label;

  PsfUnit(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The unit of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static PsfUnit labelled(String label) {
    return Labelled.find(values(), "unit", label);
  }

  /**
   * A width in pixels.
   *
   * @param width in this unit
   * @param image whose pixels they are
   * @throws IllegalArgumentException if the image does not tell; the message says what to do
   */
  public abstract double pixels(double width, ImagePlus image);
}
