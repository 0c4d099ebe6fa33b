package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.measure.Calibration;
import io.github.posteriorj.image.Planes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Samples of a posterior as a stack or hyperstack of ImageJ holds them: along Z or T, whichever the
 * planes leave free. Channels, and the other axis, tell the planes apart that were sampled. Planes
 * are read when they are asked for, so that virtual stacks stay on the disk.
 */
public final class EnsembleImage {

  /** Titles of samples end so. */
  private static final String SUFFIX = "-samples";

  /** The axis Z, by its name for people. */
  public static final String SLICES = "slices";

  /** The axis T. */
  public static final String FRAMES = "frames";

  private static final Pattern TOLD_SAMPLES = Pattern.compile("(?m)^Samples: (\\d{1,9})$");
  private static final Pattern TOLD_CHAINS = Pattern.compile("(?m)^Chains: (\\d{1,9})$");

  /**
   * A plane of the sampled image.
   *
   * @param channel counted from 1
   * @param other along the axis that the samples leave, counted from 1
   */
  public record Plane(int channel, int other) {}

  private final ImagePlus image;
  private final ImageStack stack;
  private final boolean alongSlices;

  private EnsembleImage(ImagePlus image, boolean alongSlices) {
    this.image = image;
    this.stack = image.getStack();
    this.alongSlices = alongSlices;
  }

  /**
   * The samples in an image.
   *
   * @param axis the axis that they lie along, slices or frames; else it is the only long one, or
   *     the one that is as long as the Info says that there are samples
   * @throws IllegalArgumentException if there is no image, it is in colours of one plane, or holds
   *     no samples; the message says what to do
   */
  public static EnsembleImage of(ImagePlus image, String axis) {
    EnsembleImage ensemble = ofOneOrMore(image, axis);
    if (ensemble.count() < 2) {
      throw new IllegalArgumentException(
          "\"%s\" has %d sample(s) along its %s; 2 are needed or more. Choose a stack of samples, such as a restore command leaves (-samples)."
              .formatted(
                  image.getTitle(), ensemble.count(), ensemble.alongSlices ? SLICES : FRAMES));
    }
    return ensemble;
  }

  /** The same, where one sample will do. */
  static EnsembleImage ofOneOrMore(ImagePlus image, String axis) {
    InputPlane.checkIsThere(image, InputPlane.IMAGE);
    if (image.getBitDepth() == 24) {
      throw new IllegalArgumentException(
          "\""
              + image.getTitle()
              + "\" is an RGB image, whose colours are no intensities. Choose the samples"
              + " themselves, a stack of 32 bits.");
    }
    return new EnsembleImage(PlaneView.twin(image), isAlongSlices(image, axis));
  }

  private static boolean isAlongSlices(ImagePlus image, String axis) {
    int slices = image.getNSlices();
    int frames = image.getNFrames();
    if (axis.equals(SLICES) || axis.equals(FRAMES)) {
      return axis.equals(SLICES);
    }
    if (slices == 1 || frames == 1) {
      return frames == 1;
    }
    Optional<Integer> told = told(image, TOLD_SAMPLES);
    boolean sliceFits = told.filter(samples -> samples == slices).isPresent();
    boolean frameFits = told.filter(samples -> samples == frames).isPresent();
    if (sliceFits == frameFits) {
      throw new IllegalArgumentException(
          "\"%s\" has %d slices and %d frames. Say which of them are samples: sample_axis=slices or sample_axis=frames."
              .formatted(image.getTitle(), slices, frames));
    }
    return sliceFits;
  }

  private static Optional<Integer> told(ImagePlus image, Pattern pattern) {
    Matcher line = pattern.matcher(String.valueOf(image.getInfoProperty()));
    return line.find() ? Optional.of(Integer.valueOf(line.group(1))) : Optional.empty();
  }

  /** An image that holds them; it remains usable when the user closes the original. */
  public ImagePlus image() {
    return image;
  }

  /** The number of samples. */
  public int count() {
    return alongSlices ? image.getNSlices() : image.getNFrames();
  }

  /** The chains that the Info tells of; one where it tells of none, or of no more samples. */
  public int chains() {
    return told(image, TOLD_CHAINS).filter(chains -> chains < count()).orElse(1);
  }

  /** The sampled planes, in the order of ImageJ's stacks: channels run fastest. */
  public List<Plane> planes() {
    List<Plane> planes = new ArrayList<>();
    for (int other = 1; other <= others(); other++) {
      for (int channel = 1; channel <= image.getNChannels(); channel++) {
        planes.add(new Plane(channel, other));
      }
    }
    return planes;
  }

  private int others() {
    return alongSlices ? image.getNFrames() : image.getNSlices();
  }

  /** The plane that is shown. */
  public Plane shown() {
    return new Plane(image.getC(), alongSlices ? image.getT() : image.getZ());
  }

  /** The place of a region along the axis that the samples leave: its own, or the one shown. */
  public int placeOf(Roi region) {
    int own = alongSlices ? region.getTPosition() : region.getZPosition();
    return own >= 1 && own <= others() ? own : shown().other();
  }

  /** For people: where a plane is; nothing if it is the only one. */
  public String name(Plane plane) {
    List<String> parts = new ArrayList<>();
    if (image.getNChannels() > 1) {
      parts.add("channel " + plane.channel());
    }
    if (others() > 1) {
      parts.add((alongSlices ? "frame " : "slice ") + plane.other());
    }
    return String.join(", ", parts);
  }

  /**
   * A copy of a plane of a sample, in calibrated units.
   *
   * @param sample counted from 0
   */
  public float[] pixels(Plane plane, int sample) {
    int index =
        alongSlices
            ? image.getStackIndex(plane.channel(), sample + 1, plane.other())
            : image.getStackIndex(plane.channel(), plane.other(), sample + 1);
    return PixelCopies.of(image, stack.getProcessor(index)).get(0);
  }

  /** All samples of a plane. */
  public List<float[]> pixels(Plane plane) {
    List<float[]> samples = new ArrayList<>();
    for (int sample = 0; sample < count(); sample++) {
      samples.add(pixels(plane, sample));
    }
    return samples;
  }

  /** The title of what was restored: the image's own without its ending for samples. */
  public String title() {
    String title = image.getTitle().replaceFirst("\\.tiff?$", "");
    return title.endsWith(SUFFIX) ? title.substring(0, title.length() - SUFFIX.length()) : title;
  }

  /**
   * One number for each pixel as an image with the axes that the samples leave.
   *
   * @param suffix what its title ends with
   * @param planes for each of {@link #planes()}, its pixels
   * @param info what was done, for Image > Show Info
   */
  public ImagePlus result(String suffix, List<float[]> planes, String info) {
    ImagePlus result = stack(suffix, planes, info);
    int channels = image.getNChannels();
    if (planes.size() > 1) {
      result.setDimensions(channels, alongSlices ? 1 : others(), alongSlices ? others() : 1);
      result.setOpenAsHyperStack(true);
    }
    return result;
  }

  /**
   * Planes of the field of view of the samples as a stack.
   *
   * @param suffix what its title ends with
   * @param info what was done, for Image > Show Info
   */
  public ImagePlus stack(String suffix, List<float[]> planes, String info) {
    Calibration calibration = image.getCalibration();
    int width = image.getWidth();
    int height = image.getHeight();
    ImagePlus result =
        ResultImages.create(
            title() + suffix,
            planes.size() == 1
                ? Planes.of(planes.get(0), width, height)
                : Planes.stack(planes, width, height),
            calibration,
            info);
    return ResultImages.withOverlay(ResultImages.withNotes(result, image), image);
  }
}
