package io.github.posteriorj.job;

import io.github.posteriorj.operator.GaussianBlur;

/**
 * A Gaussian blur.
 *
 * @param psfSigma its standard deviation in pixels
 */
public record GaussianBlurring(double psfSigma) implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(this, new GaussianBlur(psfSigma), scene);
  }

  /** Three standard deviations; what lies beyond is a thousandth. */
  @Override
  public int reach(MeasuredPlane plane) {
    return (int) Math.ceil(3 * psfSigma);
  }
}
