package io.github.posteriorj.prior;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;

/** An opened network that priors are made of, with the card of its constants. */
public interface GenerativeModel extends AutoCloseable {

  /** The network's card. */
  PriorCard card();

  /** The processor that the network runs on. */
  ComputeDevice device();

  /** A fresh memory scope on the model's device; closing it frees all that was made in it. */
  NDManager newScope();

  /**
   * The prior of a run, for images of one size.
   *
   * @param steps K, at least 1
   * @param image [C, H, W]
   * @param seed the run's seed; what the prior draws is none of the streams from 0 on
   * @throws IllegalArgumentException if the model makes no such images, saying which it makes
   */
  CroppedPrior forImages(int steps, Shape image, long seed);

  /**
   * How often an image in the making goes through the network.
   *
   * @param steps K, at least 1
   */
  int passes(int steps);

  @Override
  void close();
}
