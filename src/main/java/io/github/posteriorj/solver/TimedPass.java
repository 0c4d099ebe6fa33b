package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.Tiling;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;

/**
 * How long a network takes, by a gradient of a part of a canvas.
 *
 * @param model the network, with its constants
 * @param most no more pixels than a run has at once
 */
record TimedPass(GenerativeModel model, double most) {

  /** Enough to keep a device busy, and done within a second. */
  private static final double CPU_PIXELS = 1 << 14;

  private static final double GPU_PIXELS = 1 << 20;

  /** Seconds that a forward pass takes for each pixel; a gradient counts as three. */
  double secondsOfPixel() {
    ImageSize size = ImageSize.ofPlane(model.constants().channels(), side(), side());
    CroppedPrior prior = model.forImages(1, size.shape(), 0);
    return MedianTime.seconds(() -> gradient(prior))
        / SolverReport.PASSES_OF_A_GRADIENT
        / model.passes(1)
        / prior.latentShape().size();
  }

  private int side() {
    double pixels = Math.min(most, model.device().isCpu() ? CPU_PIXELS : GPU_PIXELS);
    int tile = model.network().tiling().map(Tiling::side).orElse(Integer.MAX_VALUE);
    int side = Math.min(tile, (int) Math.sqrt(pixels));
    return model.constants().roundUp(Math.max(side, model.constants().minimumSize()));
  }

  private void gradient(CroppedPrior prior) {
    try (NDManager scope = model.newScope()) {
      NDArray z = scope.zeros(new Shape(1).addAll(prior.latentShape()));
      // Downloaded, because a graphics card only takes note of what is to be done.
      prior.gradient(DeviceArrays::sumOfEach, z).gradient().toFloatArray();
    }
  }
}
