package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.tensor.RandomStream;

/**
 * An instrument that sees pixels which are drawn at random; seen with a measurement it is the
 * {@link HiddenByMask} of those.
 *
 * @param visible the share of the pixels that it sees, above 0 and up to 1
 * @param seed the seed of the draws: the same one gives the same mask for images of the same size
 */
public record RandomMask(double visible, long seed) implements ForwardModel {

  /** That of the command that simulates masks. */
  private static final long MASK_STREAM = 1;

  @Override
  public Instrument instrument(Scene scene) {
    Measurement seen = scene.plane().measurement();
    PixelMask mask =
        PixelMask.random(seen.width(), seen.height(), visible, RandomStream.of(seed, MASK_STREAM));
    NamedPlane plane = new NamedPlane("mask", seen.width(), seen.height(), mask.values());
    return new HiddenByMask(plane).instrument(scene);
  }

  @Override
  public boolean takesGaps() {
    return true;
  }
}
