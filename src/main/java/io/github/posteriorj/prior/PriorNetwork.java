package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.TorchScriptNetwork;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An opened network that answers noisy images with clean ones, forward(x [N, C, H, W] float32,
 * sigma [N] float32), and what its file does not tell.
 *
 * @param name the prior's name for people
 * @param sha256 the SHA-256 hash of the network's file, 64 lower-case hexadecimal digits
 * @param constants the constants that belong to it
 * @param script the network itself
 * @param tiling tiles that images are computed in, if they are not to go through it whole
 */
public record PriorNetwork(
    String name,
    String sha256,
    PriorConstants constants,
    TorchScriptNetwork script,
    Optional<Tiling> tiling)
    implements AutoCloseable {

  /** A network that images go through whole. */
  public PriorNetwork(
      String name, String sha256, PriorConstants constants, TorchScriptNetwork script) {
    this(name, sha256, constants, script, Optional.empty());
  }

  /**
   * This network, with images computed in tiles; closing one closes both.
   *
   * @param side the largest height and width of a tile, in pixels
   * @throws IllegalArgumentException if the network has no known reach
   */
  PriorNetwork tiled(int side) {
    Locality locality =
        constants
            .locality()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        ("The prior \"%s\" cannot be computed in tiles: its card tells no reach, so"
                                + " that any pixel of its images may depend on all others. Leave"
                                + " tile out.")
                            .formatted(name)));
    return new PriorNetwork(
        name, sha256, constants, script, Optional.of(new Tiling(locality, side)));
  }

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
    return isTiled(x) ? tiling.get().apply(pass(sigma), x) : pass(sigma).apply(x);
  }

  /** J^T g at images [N, C, H, W] of one noise level, with J the network's derivative. */
  NDArray pullBack(NDArray x, double sigma, NDArray g) {
    return isTiled(x)
        ? tiling.get().pullBack(pass(sigma), x, g)
        : Differentiation.pullBack(pass(sigma), x, g);
  }

  /** Whether images [N, C, H, W] go through the network in tiles. */
  boolean isTiled(NDArray x) {
    return tiling.isPresent() && tiling.get().divides(x.getShape().slice(1));
  }

  private UnaryOperator<NDArray> pass(double sigma) {
    return x -> {
      long batch = x.getShape().get(0);
      return script.forward(x, x.getManager().full(new Shape(batch), (float) sigma));
    };
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
