package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import io.github.posteriorj.job.ImageAxes;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.PlaneSource;
import java.util.List;
import java.util.stream.IntStream;

/** The planes of an ImageJ image, stack, hyperstack or virtual stack, each read when it is due. */
public final class ImagePlanes implements PlaneSource {

  private final ImagePlus image;
  private final String title;
  private final ImageAxes axes;
  private final int colours;
  private final boolean gaps;

  private ImagePlanes(ImagePlus image, int colours, boolean gaps) {
    this.image = image;
    this.title = image.getTitle();
    this.axes = PlaneView.axes(image);
    this.colours = colours;
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
    return new ImagePlanes(image, 1, gaps);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public ImageAxes axes() {
    return new ImageAxes(axes.channels() / colours, axes.slices(), axes.frames());
  }

  @Override
  public PlaneSource channelsTogether() {
    return new ImagePlanes(image, axes.channels(), gaps);
  }

  @Override
  public MeasuredPlane plane(Place place) {
    List<Place> channels =
        IntStream.range(0, colours)
            .map(colour -> colours * (place.channel() - 1) + colour + 1)
            .mapToObj(channel -> new Place(channel, place.slice(), place.frame()))
            .toList();
    if (!channels.stream().allMatch(this::isThere)) {
      throw new IllegalStateException(
          "\"%s\" was closed or changed while it was being restored. Start again, and leave it open until the end."
              .formatted(title));
    }
    return MeasuredImage.of(
        channels.stream().map(channel -> PlaneView.of(image, channel)).toList(), name(place), gaps);
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
    return axes().equals(ImageAxes.OF_ONE_PLANE)
        ? "\"%s\"".formatted(title)
        : "\"%s\" (%s)".formatted(title, place);
  }
}
