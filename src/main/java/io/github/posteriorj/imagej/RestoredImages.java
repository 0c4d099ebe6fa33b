package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import io.github.posteriorj.job.Place;

/**
 * The open results of a restoration, found by their titles.
 *
 * @param measurement the image that was restored
 */
public record RestoredImages(ImagePlus measurement) {

  /**
   * A result.
   *
   * @param suffix what its title ends with, such as {@code -mean}
   * @throws IllegalArgumentException if it is not open; the message says what to do
   */
  public ImagePlus result(String suffix) {
    String title = measurement.getTitle() + suffix;
    ImagePlus found = ResultImages.find(title);
    if (found == null) {
      throw new IllegalArgumentException(
          "There is no image \"%s\". Restore \"%s\" first."
              .formatted(title, measurement.getTitle()));
    }
    return found;
  }

  /** The plane of the measurement that is shown, as an image of its own. */
  public ImagePlus shown() {
    return shownIn(measurement);
  }

  /**
   * The plane of a result of one slice a plane that belongs to the plane of the measurement that is
   * shown; where the result is in colours, all of its channels.
   *
   * @throws IllegalArgumentException if the result has other planes; the message says which
   */
  public ImagePlus shownOf(String suffix) {
    ImagePlus result = result(suffix);
    if (measurement.getStackSize() == 1) {
      return result;
    }
    boolean hasItsChannels =
        hasColourChannels(result) || result.getNChannels() == measurement.getNChannels();
    if (!hasItsChannels
        || result.getNSlices() != measurement.getNSlices()
        || result.getNFrames() != measurement.getNFrames()) {
      throw new IllegalArgumentException(
          "\"%s\" has other planes than \"%s\", so that it cannot be told which belong together. Restore all planes, or one that was duplicated before."
              .formatted(result.getTitle(), measurement.getTitle()));
    }
    return shownIn(result);
  }

  private ImagePlus shownIn(ImagePlus image) {
    Place place = PlaneView.current(measurement);
    return hasColourChannels(image)
        ? PlaneView.allChannels(image, place)
        : PlaneView.of(image, place);
  }

  /** The channels of a composite are planes that are shown one by one; those of RGB are colours. */
  private boolean hasColourChannels(ImagePlus image) {
    return measurement.getNChannels() == 1 && PlaneView.axes(image).channels() > 1;
  }

  /**
   * The samples of the plane of the measurement that is shown, as a stack; where they are in
   * colours, channels run fastest in it.
   */
  public ImagePlus shownSamples() {
    ImagePlus samples = result("-samples");
    if (measurement.getStackSize() == 1) {
      return samples;
    }
    // Those of one plane may be frames: ImageJ's Hyperstack commands make them so.
    boolean areFrames = measurement.getNFrames() == 1 && samples.getNSlices() == 1;
    boolean alongSlices = measurement.getNSlices() == 1 && !areFrames;
    EnsembleImage ensemble =
        EnsembleImage.ofOneOrMore(
            samples, alongSlices ? EnsembleImage.SLICES : EnsembleImage.FRAMES);
    Place shown = PlaneView.current(measurement);
    boolean ofColours = hasColourChannels(samples);
    int first = ofColours ? 1 : shown.channel();
    int last = ofColours ? samples.getNChannels() : shown.channel();
    ImageStack stack = new ImageStack(samples.getWidth(), samples.getHeight());
    for (int sample = 0; sample < ensemble.count(); sample++) {
      for (int channel = first; channel <= last; channel++) {
        EnsembleImage.Plane plane =
            new EnsembleImage.Plane(channel, alongSlices ? shown.frame() : shown.slice());
        float[] pixels = ensemble.pixels(plane, sample);
        stack.addSlice(new FloatProcessor(samples.getWidth(), samples.getHeight(), pixels));
      }
    }
    return new ImagePlus(samples.getTitle(), stack);
  }
}
