package io.github.posteriorj.imagej;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.posteriorj.job.ChosenPlanes;
import io.github.posteriorj.job.ImageAxes;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.PlaneChoice;
import io.github.posteriorj.job.Region;
import java.awt.Color;
import java.util.List;

/** Planes of ImageJ's images, stacks and hyperstacks. */
public final class PlaneView {

  /** Of the channels of an RGB image. */
  private static final List<Color> COLOURS = List.of(Color.RED, Color.GREEN, Color.BLUE);

  private PlaneView() {}

  /** How many planes an image has along its axes: of an RGB image, one of each colour. */
  public static ImageAxes axes(ImagePlus image) {
    int channels = isRgb(image) ? COLOURS.size() : image.getNChannels();
    return new ImageAxes(channels, image.getNSlices(), image.getNFrames());
  }

  private static boolean isRgb(ImagePlus image) {
    return image.getType() == ImagePlus.COLOR_RGB;
  }

  /**
   * An image of the same pixels, not copies, that shows the same plane with all that it carries. It
   * remains usable when the user closes the original, whose pixels ImageJ then discards.
   */
  public static ImagePlus twin(ImagePlus image) {
    ImagePlus same = new ImagePlus(image.getTitle(), sameSlices(image.getStack()));
    same.setDimensions(image.getNChannels(), image.getNSlices(), image.getNFrames());
    ImagePlus twin = image instanceof CompositeImage shown ? composite(shown, same) : same;
    twin.setPositionWithoutUpdate(image.getC(), image.getZ(), image.getT());
    if (twin == same && !isRgb(image)) {
      twin.setLut(image.getProcessor().getLut());
    }
    twin.setProperties(image.getPropertiesAsArray());
    String label = image.getStackSize() == 1 ? ResultImages.label(image) : null;
    carry(twin, image, label, copy(image.getRoi()), copy(image.getOverlay()));
    return twin;
  }

  /**
   * Gives an image the calibration and Info of the one that it shows, with that one's label,
   * selection and overlay as they are in it; null for none.
   */
  private static void carry(
      ImagePlus view, ImagePlus image, String label, Roi selection, Overlay overlay) {
    view.setCalibration(image.getCalibration().copy());
    view.setProperty("Info", image.getInfoProperty());
    ResultImages.label(view, label);
    view.setRoi(selection);
    view.setOverlay(overlay);
  }

  private static ImageStack sameSlices(ImageStack stack) {
    if (stack.isVirtual()) {
      return stack;
    }
    ImageStack same = new ImageStack(stack.getWidth(), stack.getHeight());
    for (int slice = 1; slice <= stack.getSize(); slice++) {
      same.addSlice(stack.getSliceLabel(slice), stack.getProcessor(slice));
    }
    return same;
  }

  private static CompositeImage composite(CompositeImage image, ImagePlus same) {
    CompositeImage composite = new CompositeImage(same, image.getMode());
    composite.setLuts(image.getLuts());
    return composite;
  }

  /** The number of a plane in an image's stack; the colours of an RGB image are in the same. */
  static int index(ImagePlus image, Place place) {
    return image.getStackIndex(isRgb(image) ? 1 : place.channel(), place.slice(), place.frame());
  }

  /** The place of the plane that is shown. */
  public static Place current(ImagePlus image) {
    return new Place(image.getC(), image.getZ(), image.getT());
  }

  /** The choice of the plane that is shown; of an RGB image, of all its colours. */
  public static PlaneChoice currentOnly(ImagePlus image) {
    Place place = current(image);
    return isRgb(image)
        ? new PlaneChoice(
            PlaneChoice.ALL, String.valueOf(place.slice()), String.valueOf(place.frame()))
        : PlaneChoice.only(place);
  }

  /**
   * One plane as an image of its own, with the title, calibration, Info, label, selection and
   * overlay that it has in the other one; an image of one plane itself. The pixels are the same,
   * not copies.
   */
  public static ImagePlus of(ImagePlus image, Place place) {
    if (image.getStackSize() == 1 && !isRgb(image)) {
      return image;
    }
    int index = index(image, place);
    ImageStack stack = image.getStack();
    ImageProcessor pixels = colour(stack.getProcessor(index), place.channel());
    ImagePlus view = new ImagePlus(image.getTitle(), pixels);
    view.setLut(lut(image, place.channel()));
    ChosenPlanes only =
        new ChosenPlanes(List.of(place.channel()), List.of(place.slice()), List.of(place.frame()));
    String label = stack.getSliceLabel(index);
    carry(view, image, label, copy(image.getRoi()), overlay(image, only));
    return view;
  }

  /**
   * One plane in all of its channels as an image of its own; an image of one plane itself. The
   * pixels are the same, not copies.
   */
  static ImagePlus allChannels(ImagePlus image, Place place) {
    if (image.getStackSize() == 1) {
      return image;
    }
    int channels = image.getNChannels();
    ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
    for (int channel = 1; channel <= channels; channel++) {
      int index = image.getStackIndex(channel, place.slice(), place.frame());
      stack.addSlice(image.getStack().getProcessor(index));
    }
    ImagePlus view = new ImagePlus(image.getTitle(), stack);
    view.setDimensions(channels, 1, 1);
    view.setCalibration(image.getCalibration());
    return view;
  }

  /** A part of a plane as an image of its own, with all that it carries. */
  public static ImagePlus part(ImagePlus plane, Region region) {
    ImageProcessor pixels = plane.getProcessor().duplicate();
    pixels.setRoi(region.x(), region.y(), region.width(), region.height());
    ImagePlus part = new ImagePlus(plane.getTitle(), pixels.crop());
    Roi selection = copy(plane.getRoi());
    if (selection != null) {
      selection.translate(-region.x(), -region.y());
    }
    Overlay overlay = copy(plane.getOverlay());
    if (overlay != null) {
      overlay.translate(-region.x(), -region.y());
    }
    carry(part, plane, ResultImages.label(plane), selection, overlay);
    Calibration calibration = part.getCalibration();
    calibration.xOrigin -= region.x();
    calibration.yOrigin -= region.y();
    return part;
  }

  private static ImageProcessor colour(ImageProcessor pixels, int channel) {
    return pixels instanceof ColorProcessor colours ? colours.getChannel(channel, null) : pixels;
  }

  /** The colours of a channel. */
  static LUT lut(ImagePlus image, int channel) {
    if (isRgb(image)) {
      return LUT.createLutFromColor(COLOURS.get(channel - 1));
    }
    return image.isComposite()
        ? ((CompositeImage) image).getChannelLut(channel)
        : image.getProcessor().getLut();
  }

  private static Roi copy(Roi selection) {
    return selection == null ? null : (Roi) selection.clone();
  }

  private static Overlay copy(Overlay overlay) {
    return overlay == null ? null : overlay.duplicate();
  }

  /**
   * The overlay of an image on some of its planes, in the order of those; null if there is none.
   */
  static Overlay overlay(ImagePlus image, ChosenPlanes chosen) {
    if (image.getOverlay() == null) {
      return null;
    }
    Overlay overlay = image.getOverlay().duplicate();
    for (int i = overlay.size() - 1; i >= 0; i--) {
      if (!move(overlay.get(i), image, chosen)) {
        overlay.remove(i);
      }
    }
    return overlay;
  }

  /** Moves what belongs to one plane to that plane's new number; false if it is not there. */
  private static boolean move(Roi roi, ImagePlus image, ChosenPlanes chosen) {
    int[] old = position(roi, image);
    int channel = number(chosen.channels(), old[0]);
    int slice = number(chosen.slices(), old[1]);
    int frame = number(chosen.frames(), old[2]);
    if (channel < 0 || slice < 0 || frame < 0) {
      return false;
    }
    if (channel + slice + frame == 0) {
      roi.setPosition(0);
    } else if (chosen.count() == 1) {
      roi.setPosition(1);
    } else {
      roi.setPosition(channel, slice, frame);
    }
    return true;
  }

  /** Channel, slice and frame, each 0 for all. */
  private static int[] position(Roi roi, ImagePlus image) {
    if (roi.hasHyperStackPosition()) {
      return new int[] {roi.getCPosition(), roi.getZPosition(), roi.getTPosition()};
    }
    int index = roi.getPosition();
    return index == 0 || image.getStackSize() == 1
        ? new int[3]
        : image.convertIndexToPosition(index);
  }

  private static int number(List<Integer> chosen, int old) {
    int place = chosen.indexOf(old);
    return old == 0 ? 0 : place < 0 ? -1 : place + 1;
  }
}
