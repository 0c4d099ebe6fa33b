package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Optional;

/**
 * Something known that is added to the image: A(x) = x + b, with one value b for each value of the
 * image.
 *
 * <p>For background light that is not even; and, as noise that is drawn once and then kept, for
 * what stands before a network operator. Such noise keeps an image from exploiting the network's
 * blind spots. It is kept because the posterior of one run must be one function: the paper, which
 * samples no fixed posterior, draws it anew in each step.
 *
 * <p>Source of the noise before network operators: Xu et al., "Consistency model is an effective
 * posterior sample approximation for diffusion inverse solvers", 2024, equation 26, with a level of
 * 0.2.
 */
public final class Background implements ForwardOperator {

  private final float[] values;
  private final Shape image;

  /**
   * A background.
   *
   * @param values b, in the order of the image's shape
   * @param image [C, H, W], the images it is for
   * @throws IllegalArgumentException if there are more or fewer values than the image has, or one
   *     is not finite
   */
  public Background(float[] values, Shape image) {
    if (values.length != image.size()) {
      throw new IllegalArgumentException(
          "A background for images of the shape "
              + image
              + " has "
              + image.size()
              + " values, not "
              + values.length
              + ".");
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "The background has a value that is " + value + ". Use finite numbers.");
      }
    }
    this.values = values.clone();
    this.image = image;
  }

  /**
   * White Gaussian noise, drawn once.
   *
   * @param level its standard deviation, 0 or more
   * @param image [C, H, W], the images it is for
   * @param random where the draws come from
   * @throws IllegalArgumentException if the level is negative or not finite
   */
  public static Background noise(double level, Shape image, RandomStream random) {
    if (!(level >= 0) || !Double.isFinite(level)) {
      throw new IllegalArgumentException(
          "The level of the noise added to an image must be 0 or a positive number, not "
              + level
              + ".");
    }
    float[] values = random.gaussian(Math.toIntExact(image.size()));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (level * values[i]);
    }
    return new Background(values, image);
  }

  /** b, in the order of the image's shape. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public NDArray apply(NDArray x) {
    requireSize(x.getShape().slice(1));
    return x.add(DeviceArrays.copyOf(x.getManager(), values, new Shape(1).addAll(image)));
  }

  @Override
  public Shape outputShape(Shape x) {
    requireSize(x);
    return x;
  }

  @Override
  public Optional<LinearOperator> linearPart() {
    return Optional.of(new Identity());
  }

  @Override
  public String toString() {
    ImageSize size = ImageSize.of(image);
    return "Background, " + size.width() + " x " + size.height() + " pixels";
  }

  private void requireSize(Shape x) {
    if (!x.equals(image)) {
      throw new IllegalArgumentException(
          "The background is for images of the shape "
              + image
              + ", but the image has the shape "
              + x
              + " (channels, height, width).");
    }
  }
}
