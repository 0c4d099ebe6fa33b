package io.github.posteriorj.prior;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.MemoryNeed;
import java.util.function.UnaryOperator;

/**
 * Computes a map of images some images at a time: not more than are allowed, and half as many where
 * the device runs out of memory.
 *
 * @param most the most images at once, at least 1
 * @param afterLack called where the memory did not suffice, before less is tried
 */
record Batches(int most, Runnable afterLack) {

  /** A part of a batch, from one image to another one, which is not included. */
  @FunctionalInterface
  private interface Part {
    NDArray of(long from, long to);
  }

  /**
   * The map F of images.
   *
   * @param map F, image by image
   * @param x [N, C, H, W]
   */
  NDArray apply(UnaryOperator<NDArray> map, NDArray x) {
    return joined(0, size(x), (from, to) -> map.apply(rows(x, from, to)));
  }

  /** J^T g with J = dF/dx, for g of the shape of x. */
  NDArray pullBack(UnaryOperator<NDArray> map, NDArray x, NDArray g) {
    return joined(
        0,
        size(x),
        (from, to) -> Differentiation.pullBack(map, rows(x, from, to), rows(g, from, to)));
  }

  private NDArray joined(long from, long to, Part part) {
    if (to - from <= most) {
      try {
        return part.of(from, to);
      } catch (EngineException e) {
        if (to - from == 1 || !MemoryNeed.isLack(e)) {
          throw e;
        }
        afterLack.run();
      }
    }
    long middle = from + (to - from) / 2;
    return joined(from, middle, part).concat(joined(middle, to, part));
  }

  private static long size(NDArray batch) {
    return batch.getShape().get(0);
  }

  private static NDArray rows(NDArray batch, long from, long to) {
    return to - from == size(batch) ? batch : batch.get(new NDIndex().addSliceDim(from, to));
  }
}
