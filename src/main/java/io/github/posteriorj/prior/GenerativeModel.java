package io.github.posteriorj.prior;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.UncheckedIOException;
import java.util.Optional;

/** An opened network that priors are made of. */
public interface GenerativeModel extends AutoCloseable {

  /** The network, with its constants. */
  PriorNetwork network();

  /**
   * The same model, with images computed in tiles ({@link Tiling}), its denoiser's too; closing one
   * closes both.
   *
   * @param side the largest height and width of a tile, in pixels
   * @throws IllegalArgumentException if the prior's card tells no reach of its networks
   */
  GenerativeModel tiled(int side);

  /**
   * The same model, with its networks taking not more images at once; closing one closes both.
   *
   * @param images at least 1
   */
  GenerativeModel inBatchesOf(int images);

  /** The prior's name for people. */
  default String name() {
    return network().name();
  }

  /** The SHA-256 hash of the network's file, 64 lower-case hexadecimal digits. */
  default String sha256() {
    return network().sha256();
  }

  /** The constants that belong to the network. */
  default PriorConstants constants() {
    return network().constants();
  }

  /** The processor that the network runs on. */
  default ComputeDevice device() {
    return network().device();
  }

  /** A fresh memory scope on the model's device; closing it frees all that was made in it. */
  default NDManager newScope() {
    return network().newScope();
  }

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

  /** The consistency function f of the prior at every noise level, if the model is one. */
  Optional<ConsistencyFunction> consistencyFunction();

  /**
   * The denoiser D of the same prior, on the same device, if it has one. It is opened when it is
   * first asked for, and closed with the model.
   *
   * @throws UncheckedIOException if it cannot be used; the cause says why
   * @throws IllegalArgumentException if there is no consent to run it
   */
  Optional<Denoiser> denoiser();

  /** Closes all networks that the model has opened. */
  @Override
  void close();
}
