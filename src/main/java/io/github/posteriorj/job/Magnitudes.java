package io.github.posteriorj.job;

import io.github.posteriorj.operator.FourierMagnitude;

/**
 * The magnitudes of a Fourier transform.
 *
 * @param padding zeros on each side of the sharp image as a share of it
 */
public record Magnitudes(double padding) implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(this, new FourierMagnitude(padding), scene);
  }

  /** Frequencies tell no pixel size. */
  @Override
  public boolean keepsField() {
    return false;
  }
}
