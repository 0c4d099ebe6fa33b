package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.TorchScriptNetwork;

/**
 * An opened network that answers noisy images with clean ones, forward(x [N, C, H, W] float32,
 * sigma [N] float32), and what its file does not tell.
 *
 * @param name the prior's name for people
 * @param sha256 the SHA-256 hash of the network's file, 64 lower-case hexadecimal digits
 * @param constants the constants that belong to it
 * @param script the network itself
 */
public record PriorNetwork(
    String name, String sha256, PriorConstants constants, TorchScriptNetwork script)
    implements AutoCloseable {

  /** The processor that the network runs on. */
  public ComputeDevice device() {
    return script.device();
  }

  /** A fresh memory scope on the network's device; closing it frees all that was made in it. */
  public NDManager newScope() {
    return script.newScope();
  }

  /** Runs the network on images [N, C, H, W] of one noise level. */
  NDArray apply(NDArray x, double sigma) {
    long batch = x.getShape().get(0);
    return script.forward(x, x.getManager().full(new Shape(batch), (float) sigma));
  }

  /** Runs the network on images [N, C, H, W] with a noise level for each of them. */
  NDArray apply(NDArray x, float[] sigma) {
    return script.forward(x, DeviceArrays.copyOf(x.getManager(), sigma, new Shape(sigma.length)));
  }

  /**
   * The smallest noise from which the network makes an image of a given size.
   *
   * @param image [C, H, W]
   * @throws IllegalArgumentException if it makes no such images, saying which it makes
   */
  Shape noiseShape(Shape image) {
    ImageSize size = ImageSize.of(image);
    int least = constants.minimumSize();
    if (size.channels() != constants.channels()) {
      throw new IllegalArgumentException(
          "The prior \"%s\" makes images of %d channel(s), not of %d."
              .formatted(name, constants.channels(), size.channels()));
    }
    if (Math.min(size.height(), size.width()) < least) {
      throw new IllegalArgumentException(
          ("The image is too small: %d x %d pixels. The prior \"%s\" needs at least %d x %d."
                  + " Choose a larger field.")
              .formatted(size.width(), size.height(), name, least, least));
    }
    return size.withPlanes(constants.roundUp(size.height()), constants.roundUp(size.width()))
        .shape();
  }

  @Override
  public void close() {
    script.close();
  }
}
