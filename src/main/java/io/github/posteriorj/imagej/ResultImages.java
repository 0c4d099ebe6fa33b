package io.github.posteriorj.imagej;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.LUT;
import io.github.posteriorj.image.Planes;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Makes ImageJ images of results, and shows them under titles that macros find. */
public final class ResultImages {

  /** ImageJ's property for the label of an image's only slice. */
  private static final String SLICE_LABEL = "Slice_Label";

  private ResultImages() {}

  /**
   * A 32-bit image.
   *
   * @param title its title
   * @param pixels X, Y, or X, Y, slice
   * @param calibration pixel size and units, copied; null for none
   * @param info text for Image > Show Info
   */
  public static ImagePlus create(
      String title,
      RandomAccessibleInterval<FloatType> pixels,
      Calibration calibration,
      String info) {
    int width = Math.toIntExact(pixels.dimension(0));
    int height = Math.toIntExact(pixels.dimension(1));
    ImageStack stack = new ImageStack(width, height);
    if (pixels.numDimensions() == 2) {
      stack.addSlice(new FloatProcessor(width, height, Planes.pixels(pixels)));
    } else {
      for (long slice = pixels.min(2); slice <= pixels.max(2); slice++) {
        float[] plane = Planes.pixels(Views.hyperSlice(pixels, 2, slice));
        stack.addSlice(new FloatProcessor(width, height, plane));
      }
    }
    ImagePlus image = new ImagePlus(title, stack);
    if (calibration != null) {
      Calibration copy = calibration.copy();
      // The pixels are in calibrated units already: the table of an 8-bit image does not fit them.
      copy.disableDensityCalibration();
      image.setCalibration(copy);
    }
    image.setProperty("Info", info);
    image.resetDisplayRange();
    return image;
  }

  /**
   * Gives a result what the image that it was made from carries along: its Info, below the result's
   * own, and its slice label.
   */
  public static ImagePlus withNotes(ImagePlus result, ImagePlus source) {
    result.setProperty("Info", notes(result.getInfoProperty(), source));
    label(result, label(source));
    return result;
  }

  /** The Info of a result, and below it that of the image that it was made from. */
  public static String notes(String info, ImagePlus source) {
    String notes = source.getInfoProperty();
    return notes == null || notes.isBlank()
        ? info
        : info
            + "\nInfo of \"%s\", which this was made from:\n\n".formatted(source.getTitle())
            + notes;
  }

  /** Gives all slices of an image a label; null for none. */
  static void label(ImagePlus image, String label) {
    if (label != null) {
      image.setProp(SLICE_LABEL, label);
      for (int slice = 1; slice <= image.getStackSize(); slice++) {
        image.getStack().setSliceLabel(label, slice);
      }
    }
  }

  /** Puts a line before the labels of an image, which ImageJ shows above its pixels. */
  public static ImagePlus labelledFirst(ImagePlus image, String line) {
    String before = label(image);
    label(image, before == null ? line : line + "\n" + before);
    return image;
  }

  /** ImageJ keeps the label of an only slice in the stack, once somebody has asked for that. */
  static String label(ImagePlus image) {
    String property = image.getProp(SLICE_LABEL);
    String ofStack = image.getStack().getSliceLabel(1);
    // Of an image without a label it makes one: the title, and below it the Info.
    boolean isMade = ofStack == null || ofStack.startsWith(image.getTitle() + "\n");
    return property != null || isMade ? property : ofStack;
  }

  /**
   * Gives a result of the same field of view the overlay and the selection of the image that it was
   * made from.
   */
  public static ImagePlus withOverlay(ImagePlus result, ImagePlus source) {
    Overlay overlay = source.getOverlay();
    if (overlay != null) {
      result.setOverlay(scaled(overlay, source, result));
    }
    Roi selection = source.getRoi();
    if (selection != null) {
      result.setRoi(scaled(new Overlay(selection), source, result).get(0));
    }
    return result;
  }

  /** A copy of an overlay for an image that shows the same field of view with other pixels. */
  static Overlay scaled(Overlay overlay, ImagePlus source, ImagePlus result) {
    double columns = (double) result.getWidth() / source.getWidth();
    double rows = (double) result.getHeight() / source.getHeight();
    return columns == 1 && rows == 1 ? overlay.duplicate() : overlay.scale(columns, rows);
  }

  /**
   * Takes the slices of a stack as the channels of several images, and shows each channel in its
   * own colour.
   *
   * @param low the value shown black
   * @param high the value shown at full colour
   */
  public static CompositeImage withChannels(
      ImagePlus stack, int channels, double low, double high) {
    stack.setDimensions(channels, 1, stack.getStackSize() / channels);
    CompositeImage image = new CompositeImage(stack, CompositeImage.COMPOSITE);
    image.setOpenAsHyperStack(true);
    for (int channel = channels; channel >= 1; channel--) {
      image.setC(channel);
      image.setDisplayRange(low, high);
    }
    return image;
  }

  /** Shows each channel in the colours of that of another image, at its own display range. */
  public static CompositeImage withColoursOf(CompositeImage image, ImagePlus other) {
    LUT[] luts = image.getLuts();
    for (int channel = 1; channel <= luts.length; channel++) {
      LUT colours = (LUT) PlaneView.lut(other, channel).clone();
      colours.min = luts[channel - 1].min;
      colours.max = luts[channel - 1].max;
      image.setChannelLut(colours, channel);
    }
    return image;
  }

  /**
   * The calibration of an image that shows the same field of view as another one, with pixels of
   * another size where it has more or fewer of them.
   */
  public static Calibration sameField(ImagePlus other, RandomAccessibleInterval<?> pixels) {
    Calibration calibration = other.getCalibration().copy();
    double columns = (double) pixels.dimension(0) / other.getWidth();
    double rows = (double) pixels.dimension(1) / other.getHeight();
    calibration.pixelWidth /= columns;
    calibration.pixelHeight /= rows;
    calibration.xOrigin *= columns;
    calibration.yOrigin *= rows;
    return calibration;
  }

  /** Sets an image's colours and display range. */
  public static ImagePlus withDisplay(ImagePlus image, LUT lut, double low, double high) {
    image.setLut(lut);
    image.setDisplayRange(low, high);
    return image;
  }

  /**
   * Shows an image, without a window when ImageJ runs headless or in batch mode.
   *
   * <p>An older image of the same title is renamed, not closed, so that a macro that selects the
   * title gets the new one.
   */
  public static void show(ImagePlus image) {
    ImagePlus older = WindowManager.getImage(image.getTitle());
    if (older != null) {
      int number = 1;
      while (WindowManager.getImage(image.getTitle() + "-" + number) != null) {
        number++;
      }
      older.setTitle(image.getTitle() + "-" + number);
    }
    image.show();
  }

  /** The open image of a title, or null. */
  public static ImagePlus find(String title) {
    return WindowManager.getImage(title);
  }
}
