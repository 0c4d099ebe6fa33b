package io.github.posteriorj.prior;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.MemoryNeed;
import io.github.posteriorj.tensor.TorchScriptNetwork;
import java.util.Optional;
import java.util.function.BinaryOperator;
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
 * @param batch the most images that go through it at once
 */
public record PriorNetwork(
    String name,
    String sha256,
    PriorConstants constants,
    TorchScriptNetwork script,
    Optional<Tiling> tiling,
    int batch)
    implements AutoCloseable {

  /** A network that images go through whole, as many at once as there are. */
  public PriorNetwork(
      String name, String sha256, PriorConstants constants, TorchScriptNetwork script) {
    this(name, sha256, constants, script, Optional.empty(), Integer.MAX_VALUE);
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
        name, sha256, constants, script, Optional.of(new Tiling(locality, side)), batch);
  }

  /** This network, with not more images at once; closing one closes both. */
  PriorNetwork inBatchesOf(int images) {
    return new PriorNetwork(name, sha256, constants, script, tiling, images);
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
    UnaryOperator<NDArray> map = part -> batches().apply(pass(sigma), part);
    return isTiled(x) ? tiling.get().apply(map, x) : map.apply(x);
  }

  /** J^T g at images [N, C, H, W] of one noise level, with J the network's derivative. */
  NDArray pullBack(NDArray x, double sigma, NDArray g) {
    BinaryOperator<NDArray> map = (part, ofPart) -> batches().pullBack(pass(sigma), part, ofPart);
    return isTiled(x) ? tiling.get().pullBack(map, x, g) : map.apply(x, g);
  }

  /**
   * A function of images that the network makes, with the gradient with respect to what they are
   * made of: in one pass if all goes through the network at once and the memory holds it, else in
   * two.
   *
   * @param images makes images by passes through the network
   * @param pullBack J^T g of that map, pass by pass
   * @param function of the images, from [N, C, H, W] to [N]
   * @param x what the images are made of, [N, C, H, W]; must not carry a gradient yet
   */
  ThroughImages gradient(
      UnaryOperator<NDArray> images,
      BinaryOperator<NDArray> pullBack,
      UnaryOperator<NDArray> function,
      NDArray x) {
    if (!isTiled(x) && x.getShape().get(0) <= batch) {
      try {
        return Differentiation.inOnePass(images, function, x);
      } catch (EngineException e) {
        if (!MemoryNeed.isLack(e)) {
          throw e;
        }
        device().releaseUnused();
      }
    }
    return Differentiation.inTwoPasses(images, pullBack, function, x.stopGradient());
  }

  private boolean isTiled(NDArray x) {
    return tiling.isPresent() && tiling.get().divides(x.getShape().slice(1));
  }

  private Batches batches() {
    return new Batches(batch, device()::releaseUnused);
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
  Shape latentShape(Shape image) {
    ImageSize size = ImageSize.of(image);
    int least = constants.minimumSize();
    if (size.channels() != constants.channels()) {
      throw new IllegalArgumentException(
          ("The prior \"%s\" makes images of %d channel(s), not of %d. Choose another prior, or an"
                  + " image of as many channels.")
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
