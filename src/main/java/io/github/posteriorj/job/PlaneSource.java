package io.github.posteriorj.job;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.restoration.Measurement;

/** An image of one plane or many, which are read when they are due. */
public interface PlaneSource {

  /** What people call it. */
  String title();

  /** The planes that it has. */
  ImageAxes axes();

  /**
   * Reads a plane.
   *
   * @throws IllegalArgumentException if there is none at the place, or it is no measurement; the
   *     message says what to do
   */
  MeasuredPlane plane(Place place);

  /** The same image, with the channels of each place as the colours of one plane, [C, H, W]. */
  PlaneSource channelsTogether();

  /** An image that is one plane. */
  static PlaneSource of(MeasuredPlane plane) {
    return new PlaneSource() {
      @Override
      public String title() {
        return plane.title();
      }

      @Override
      public ImageAxes axes() {
        return ImageAxes.OF_ONE_PLANE;
      }

      @Override
      public MeasuredPlane plane(Place place) {
        return plane;
      }

      @Override
      public PlaneSource channelsTogether() {
        return this;
      }
    };
  }

  /** The image where nothing is measured. */
  static PlaneSource nothing(String title) {
    return of(MeasuredPlane.of(title, new Measurement(new float[0], new Shape(1, 0, 0))));
  }
}
