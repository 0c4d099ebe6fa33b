package io.github.posteriorj.job;

import io.github.posteriorj.operator.ColorToGray;

/**
 * A gray image of a coloured one.
 *
 * @param red weight of the red channel
 * @param green weight of the green channel
 * @param blue weight of the blue channel
 */
public record GrayOfColours(double red, double green, double blue) implements ForwardModel {

  /** Gray as an operator makes it. */
  public static GrayOfColours of(ColorToGray operator) {
    return new GrayOfColours(operator.red(), operator.green(), operator.blue());
  }

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(this, new ColorToGray(red, green, blue), scene);
  }

  @Override
  public boolean keepsColours() {
    return false;
  }
}
