package io.github.posteriorj.job;

import io.github.posteriorj.operator.AveragePooling;

/**
 * Means over squares of pixels.
 *
 * @param factor pixels of the sharp image a side of one measured pixel: 2, 4 or 8
 */
public record Pooling(int factor) implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(this, new AveragePooling(factor), scene);
  }
}
