package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.sampler.ChainNoise;

/**
 * How long the noise of chains takes: Java draws it, and copies it to the device.
 *
 * @param model tells the device
 * @param chains how many step together
 */
record TimedNoise(GenerativeModel model, int chains) {

  /** Enough to tell, and done in a moment. */
  private static final int CPU_NUMBERS = 1 << 16;

  private static final int GPU_NUMBERS = 1 << 21;

  /** Seconds that a number takes. */
  double secondsOfNumber() {
    int numbers = model.device().isCpu() ? CPU_NUMBERS : GPU_NUMBERS;
    int each = Math.max(1, numbers / chains);
    ChainNoise noise = ChainNoise.of(0, 0, chains);
    return MedianTime.seconds(() -> draw(noise, new Shape(each))) / ((double) chains * each);
  }

  private void draw(ChainNoise noise, Shape each) {
    try (NDManager scope = model.newScope();
        NDArray drawn = noise.draw(scope, each)) {
      // A graphics card only takes note of what is to be done, until somebody asks.
      drawn.sum().getFloat();
    }
  }
}
