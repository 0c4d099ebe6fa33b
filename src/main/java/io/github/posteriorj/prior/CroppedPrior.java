package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import io.github.posteriorj.tensor.ImageSize;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A prior for images of one fixed size, which need not be a size that the network can make: it
 * generates the next larger canvas and keeps the middle of it.
 */
public final class CroppedPrior implements Prior {

  private final Prior prior;
  private final Shape image;
  private final Shape noise;
  private final NDIndex window;

  /**
   * Restricts a prior to one image size.
   *
   * @param prior makes the canvas
   * @param image [C, H, W]
   * @throws IllegalArgumentException if the prior cannot make such images
   */
  public CroppedPrior(Prior prior, Shape image) {
    this.prior = prior;
    this.image = image;
    this.noise = prior.latentShape(image);
    ImageSize canvas = ImageSize.of(noise);
    ImageSize size = ImageSize.of(image);
    int top = (canvas.height() - size.height()) / 2;
    int left = (canvas.width() - size.width()) / 2;
    this.window =
        new NDIndex()
            .addAllDim(2)
            .addSliceDim(top, top + size.height())
            .addSliceDim(left, left + size.width());
  }

  /** The size of the images, [C, H, W]. */
  public Shape imageShape() {
    return image;
  }

  /** The size of the noise that makes them, [C, H', W']. */
  public Shape latentShape() {
    return noise;
  }

  @Override
  public NDArray generate(NDArray z) {
    return cropped(prior.generate(z));
  }

  @Override
  public NDArray pullBack(NDArray z, NDArray g) {
    NDArray onCanvas = z.zerosLike();
    onCanvas.set(window, g);
    return prior.pullBack(z, onCanvas);
  }

  @Override
  public ThroughImages gradient(UnaryOperator<NDArray> function, NDArray z) {
    ThroughImages ofCanvas = prior.gradient(canvas -> function.apply(cropped(canvas)), z);
    return new ThroughImages(cropped(ofCanvas.image()), ofCanvas.value(), ofCanvas.gradient());
  }

  private NDArray cropped(NDArray canvas) {
    return noise.equals(image) ? canvas : canvas.get(window);
  }

  /** Of the canvas, whose middle the image is. */
  @Override
  public Optional<Locality> locality() {
    return prior.locality();
  }

  @Override
  public Shape latentShape(Shape requested) {
    if (!requested.equals(image)) {
      throw new IllegalArgumentException(
          "This prior makes images of size " + image + ", not of size " + requested + ".");
    }
    return noise;
  }
}
