package io.github.posteriorj.job;

import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.MotionKernels;

/**
 * A motion along a straight line while the image was taken.
 *
 * @param length of the line, in pixels
 * @param angle between the line and the rows, in degrees counter-clockwise
 */
public record StraightMotion(double length, double angle) implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(
        this, new MirroredConvolution(MotionKernels.straight(length, angle)), scene);
  }

  @Override
  public int reach(MeasuredPlane plane) {
    return (int) Math.ceil(length / 2);
  }
}
