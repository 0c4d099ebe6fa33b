package io.github.posteriorj.imagej;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.LUT;
import io.github.posteriorj.job.ChosenPlanes;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.Region;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The results of an image's planes as one image with the axes of that one.
 *
 * <p>A result of one slice for each plane, such as a mean, becomes a slice. One of many, such as
 * the samples, takes the free axis of Z and T: Z where the planes are of one slice, else T where
 * they are of one frame; where both are taken there is no room for it. Where some planes have more
 * slices than others, those beyond are left out. Planes that are missing are NaN.
 *
 * @param chosen the planes
 * @param source the image that they are of
 * @param region the part of each plane that the results show, if it is not the whole
 */
public record JoinedPlanes(ChosenPlanes chosen, ImagePlus source, Optional<Region> region) {

  /** Whether there is an axis for results of many slices a plane. */
  public static boolean hasRoomForMany(ChosenPlanes chosen) {
    return chosen.slices().size() == 1 || chosen.frames().size() == 1;
  }

  /**
   * Joins the results of one kind.
   *
   * @param title of the joined image
   * @param info its text for Image > Show Info
   * @param results the planes' images, alike in size
   * @throws IllegalArgumentException if each is in colour, and there are several channels, or there
   *     is no room for so many slices
   */
  public ImagePlus join(String title, String info, Map<Place, ImagePlus> results) {
    ImagePlus example =
        results.values().stream().filter(Objects::nonNull).findFirst().orElseThrow();
    int colours = example.getNChannels();
    int many =
        results.values().stream()
            .filter(Objects::nonNull)
            .mapToInt(result -> result.getStackSize() / colours)
            .min()
            .getAsInt();
    if (many > 1 && !hasRoomForMany(chosen)) {
      throw new IllegalArgumentException("There is no free axis for %d slices.".formatted(many));
    }
    if (colours > 1 && chosen.channels().size() > 1) {
      throw new IllegalArgumentException(
          "Each of the %d channels was restored in %d colours, which no image can show. Choose one channel: channels=1."
              .formatted(chosen.channels().size(), colours));
    }
    boolean alongSlices = many > 1 && chosen.slices().size() == 1;
    ImageStack stack = stack(results, example, colours, many, alongSlices);
    ImagePlus joined = new ImagePlus(title, stack);
    int channels = colours * chosen.channels().size();
    int slices = alongSlices ? many : chosen.slices().size();
    joined.setDimensions(channels, slices, stack.getSize() / channels / slices);
    joined.setOpenAsHyperStack(true);
    Calibration calibration = example.getCalibration().copy();
    joined.setCalibration(calibration);
    joined.setProperty("Info", info);
    ImagePlus shown = coloured(joined, results);
    boolean onePlaneASlice = many == 1 && colours == 1;
    shown.setOverlay(onePlaneASlice ? overlay(example) : null);
    shown.setRoi(example.getRoi());
    return shown;
  }

  private ImageStack stack(
      Map<Place, ImagePlus> results,
      ImagePlus example,
      int colours,
      int many,
      boolean alongSlices) {
    ImageStack stack = new ImageStack(example.getWidth(), example.getHeight());
    int samplesOutside = alongSlices ? 1 : many;
    int samplesInside = alongSlices ? many : 1;
    for (int frame : chosen.frames()) {
      for (int outside = 0; outside < samplesOutside; outside++) {
        for (int slice : chosen.slices()) {
          for (int inside = 0; inside < samplesInside; inside++) {
            for (int channel : chosen.channels()) {
              Place place = new Place(channel, slice, frame);
              int sample = outside + inside;
              for (int colour = 1; colour <= colours; colour++) {
                add(stack, place, results.get(place), sample * colours + colour);
              }
            }
          }
        }
      }
    }
    return stack;
  }

  private void add(ImageStack stack, Place place, ImagePlus result, int slice) {
    int index = PlaneView.index(source, place);
    String label = source.getStack().getSliceLabel(index);
    if (result == null) {
      float[] missing = new float[stack.getWidth() * stack.getHeight()];
      Arrays.fill(missing, Float.NaN);
      stack.addSlice(
          "not restored", new FloatProcessor(stack.getWidth(), stack.getHeight(), missing));
    } else {
      stack.addSlice(label, result.getStack().getProcessor(slice));
    }
  }

  /** The colours of the results, each channel's display range wide enough for all of its planes. */
  private ImagePlus coloured(ImagePlus joined, Map<Place, ImagePlus> results) {
    LUT[] luts = new LUT[joined.getNChannels()];
    results.forEach(
        (place, result) -> {
          if (result == null) {
            return;
          }
          LUT[] own = result.getLuts();
          for (int colour = 0; colour < own.length; colour++) {
            int channel = own.length > 1 ? colour : chosen.channels().indexOf(place.channel());
            luts[channel] = widened(luts[channel], own[colour]);
          }
        });
    for (int channel = 0; channel < luts.length; channel++) {
      luts[channel] = luts[channel] == null ? LookUpTables.gray() : luts[channel];
    }
    if (luts.length == 1) {
      return ResultImages.withDisplay(joined, luts[0], luts[0].min, luts[0].max);
    }
    CompositeImage composite = new CompositeImage(joined, mode());
    composite.setLuts(luts);
    composite.setOpenAsHyperStack(true);
    return composite;
  }

  private int mode() {
    return source instanceof CompositeImage image ? image.getMode() : CompositeImage.COMPOSITE;
  }

  private static LUT widened(LUT before, LUT own) {
    LUT wide = (LUT) own.clone();
    if (before != null) {
      wide.min = Math.min(before.min, own.min);
      wide.max = Math.max(before.max, own.max);
    }
    return wide;
  }

  private Overlay overlay(ImagePlus example) {
    Overlay overlay = PlaneView.overlay(source, chosen);
    if (overlay == null) {
      return null;
    }
    ImagePlus plane = PlaneView.of(source, chosen.first());
    if (region.isEmpty()) {
      return ResultImages.scaled(overlay, plane, example);
    }
    overlay.translate(-region.get().x(), -region.get().y());
    return ResultImages.scaled(overlay, PlaneView.part(plane, region.get()), example);
  }
}
