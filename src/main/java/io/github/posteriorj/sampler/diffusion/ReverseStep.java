package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.Set;

/**
 * A rule that takes noisy images from one noise level down to the next one, led by a measurement:
 * what makes one solver of the {@link ReverseProcess} differ from another.
 */
public interface ReverseStep {

  /** N, how many noise levels images come down through. */
  int noiseLevels();

  /**
   * Where on the way from the highest level (0) to that of clean images (1) a level is.
   *
   * @param index of the level, from 0
   */
  default double share(int index) {
    return (double) index / noiseLevels();
  }

  /** What clean images it takes, so that a prior that has none is told at once. */
  Set<CleanImages> needs();

  /**
   * Takes images down a level.
   *
   * @param stage the level, the next one, and all that a rule works with
   * @param x images of the stage's level, [N, C, H', W']
   * @return images of the next one; after the last stage, clean ones. They live in the scope of x
   */
  NDArray next(Stage stage, NDArray x);

  /** Passes through the network of a sample on its way down, without those of gradients. */
  long passes();

  /** Gradients through the network of a sample on its way down. */
  long gradients();
}
