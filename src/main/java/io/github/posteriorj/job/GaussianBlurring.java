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
}
