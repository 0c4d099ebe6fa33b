package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;

/** A prior of independent pixels, of images of any size. */
abstract class PixelPrior implements ScoredPrior {

  /** The noise level of what counts as clean. */
  static final double LOWEST = 0.02;

  private static final double HIGHEST = 80;

  @Override
  public double level(double share) {
    return HIGHEST * (1 - share) + LOWEST * share;
  }

  @Override
  public double highestLevel() {
    return HIGHEST;
  }

  @Override
  public Shape canvas(Shape image) {
    return image;
  }

  @Override
  public NDManager newScope() {
    return ComputeDevice.CPU.newScope();
  }
}
