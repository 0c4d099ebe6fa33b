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
    return PlaneView.of(measurement, PlaneView.current(measurement));
  }

  /**
   * The plane of a result of one slice a plane that belongs to the plane of the measurement that is
   * shown; in the colours of a prior, all of its channels.
   *
   * @throws IllegalArgumentException if the result has other planes; the message says which
   */
  public ImagePlus shownOf(String suffix) {
    ImagePlus result = result(suffix);
    if (measurement.getStackSize() == 1) {
      return result;
    }
    if (result.getNChannels() != measurement.getNChannels()
        || result.getNSlices() != measurement.getNSlices()
        || result.getNFrames() != measurement.getNFrames()) {
      throw new IllegalArgumentException(
          "\"%s\" has other planes than \"%s\", so that it cannot be told which belong together. Restore all planes, or one that was duplicated before."
              .formatted(result.getTitle(), measurement.getTitle()));
    }
    return PlaneView.of(result, PlaneView.current(measurement));
  }

  /** The samples of the plane of the measurement that is shown, as a stack. */
  public ImagePlus shownSamples() {
    ImagePlus samples = result("-samples");
    if (measurement.getStackSize() == 1) {
      return samples;
    }
    boolean alongSlices = measurement.getNSlices() == 1;
    EnsembleImage ensemble =
        EnsembleImage.of(samples, alongSlices ? EnsembleImage.SLICES : EnsembleImage.FRAMES);
    Place shown = PlaneView.current(measurement);
    EnsembleImage.Plane plane =
        new EnsembleImage.Plane(shown.channel(), alongSlices ? shown.frame() : shown.slice());
    ImageStack stack = new ImageStack(samples.getWidth(), samples.getHeight());
    for (float[] pixels : ensemble.pixels(plane)) {
      stack.addSlice(new FloatProcessor(samples.getWidth(), samples.getHeight(), pixels));
    }
    return new ImagePlus(samples.getTitle(), stack);
  }
}
