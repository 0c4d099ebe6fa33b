package io.github.posteriorj.job;

import io.github.posteriorj.operator.ClippedGain;

/**
 * A camera that saturates.
 *
 * @param amplification factor of all intensities before they are clipped
 * @param clipLow what darker pixels are measured as
 * @param clipHigh what brighter pixels are measured as
 */
public record Saturating(double amplification, double clipLow, double clipHigh)
    implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(this, new ClippedGain(amplification, clipLow, clipHigh), scene);
  }
}
