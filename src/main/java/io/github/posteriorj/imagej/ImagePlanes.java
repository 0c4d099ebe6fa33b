package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import io.github.posteriorj.job.ImageAxes;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.PlaneSource;

/** The planes of an ImageJ image, stack, hyperstack or virtual stack, each read when it is due. */
public final class ImagePlanes implements PlaneSource {

  private final ImagePlus image;
  private final String title;
  private final ImageAxes axes;
  private final boolean gaps;

  private ImagePlanes(ImagePlus image, boolean gaps) {
    this.image = image;
    this.title = image.getTitle();
    this.axes = PlaneView.axes(image);
    this.gaps = gaps;
  }

  /**
   * The planes of an image.
   *
   * @param gaps whether values may be missing or not finite, as they are in an image with dead
   *     pixels
   * @throws IllegalArgumentException if there is no image; the message says what to do
   */
  public static ImagePlanes of(ImagePlus image, boolean gaps) {
    InputPlane.checkIsThere(image, InputPlane.IMAGE);
    return new ImagePlanes(image, gaps);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public ImageAxes axes() {
    return axes;
  }

  @Override
  public MeasuredPlane plane(Place place) {
    if (!isThere(place)) {
      throw new IllegalStateException(
          "\"%s\" was closed or changed while it was being restored. Start again, and leave it open until the end."
              .formatted(title));
    }
    return MeasuredImage.of(PlaneView.of(image, place), name(place), gaps);
  }

  /** ImageJ throws the pixels of an image away that is closed. */
  private boolean isThere(Place place) {
    if (!PlaneView.axes(image).equals(axes)) {
      return false;
    }
    if (image.getStackSize() == 1) {
      return InputPlane.isThere(image);
    }
    ImageStack stack = image.getStack();
    return stack.isVirtual() || stack.getPixels(PlaneView.index(image, place)) != null;
  }

  private String name(Place place) {
    return axes.equals(ImageAxes.OF_ONE_PLANE)
        ? "\"%s\"".formatted(title)
        : "\"%s\" (%s)".formatted(title, place);
  }
}
