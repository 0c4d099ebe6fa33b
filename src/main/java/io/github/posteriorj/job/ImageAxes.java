package io.github.posteriorj.job;

/**
 * How many planes an image has along its axes beside X and Y.
 *
 * @param channels at least 1
 * @param slices along Z, at least 1
 * @param frames in time, at least 1
 */
public record ImageAxes(int channels, int slices, int frames) {

  /** Those of an image of one plane. */
  public static final ImageAxes OF_ONE_PLANE = new ImageAxes(1, 1, 1);
}
