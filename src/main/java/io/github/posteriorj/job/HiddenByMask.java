package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.restoration.Measurement;

/**
 * An instrument some of whose pixels are not to be believed.
 *
 * @param mask 0 at these pixels
 */
public record HiddenByMask(NamedPlane mask) implements ForwardModel {

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the mask has another size than the measurement
   */
  @Override
  public Instrument instrument(Scene scene) {
    Measurement seen = scene.plane().measurement();
    if (mask.width() != seen.width() || mask.height() != seen.height()) {
      throw new IllegalArgumentException(
          "The mask has %d x %d pixels, but the image has %d x %d. Use a mask of the image's size."
              .formatted(mask.width(), mask.height(), seen.width(), seen.height()));
    }
    float[] values = seen.values().clone();
    boolean[] visible = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      visible[i] = mask.values()[i % mask.values().length] != 0;
      values[i] = visible[i] ? values[i] : Float.NaN;
    }
    return Instrument.of(
        this,
        PixelMask.of(visible, mask.width(), mask.height()),
        new Measurement(values, seen.shape()),
        scene);
  }

  @Override
  public boolean takesGaps() {
    return true;
  }

  @Override
  public ForwardModel within(Region part) {
    return new HiddenByMask(part.of(mask));
  }
}
