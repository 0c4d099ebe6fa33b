package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;

/**
 * A gray image of a coloured one: A x = red x_R + green x_G + blue x_B, [3, H, W] to [1, H, W].
 *
 * <p>A A^T = |w|^2 I with the weights w, so that the pseudo-inverse is A^T / |w|^2.
 *
 * @param red weight of the red channel
 * @param green weight of the green channel
 * @param blue weight of the blue channel
 */
public record ColorToGray(double red, double green, double blue) implements PseudoInvertible {

  private static final int CHANNELS = 3;

  /**
   * Gray by given weights.
   *
   * @throws IllegalArgumentException if one is not finite, or all are 0
   */
  public ColorToGray {
    double length = Math.hypot(Math.hypot(red, green), blue);
    if (!(length > 0) || !Double.isFinite(length)) {
      throw new IllegalArgumentException(
          "The weights of red, green and blue must be finite numbers, not all of them 0, but they"
              + " are "
              + red
              + ", "
              + green
              + " and "
              + blue
              + ".");
    }
  }

  /** The mean of the three channels. */
  public static ColorToGray mean() {
    return new ColorToGray(1.0 / CHANNELS, 1.0 / CHANNELS, 1.0 / CHANNELS);
  }

  /** Brightness as the eye weighs it: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
  public static ColorToGray luma() {
    return new ColorToGray(0.299, 0.587, 0.114);
  }

  @Override
  public NDArray apply(NDArray x) {
    requireColor(ImageSize.ofEach(x));
    return x.mul(weights(x.getManager(), 1)).sum(new int[] {1}, true);
  }

  @Override
  public NDArray adjoint(NDArray y) {
    return y.mul(weights(y.getManager(), 1));
  }

  @Override
  public NDArray pseudoInverse(NDArray y) {
    return y.mul(weights(y.getManager(), 1 / (red * red + green * green + blue * blue)));
  }

  @Override
  public Shape outputShape(Shape x) {
    ImageSize size = ImageSize.of(x);
    requireColor(size);
    return size.withChannels(1).shape();
  }

  @Override
  public Shape inputShape(Shape measurement) {
    ImageSize size = ImageSize.of(measurement);
    if (size.channels() != 1) {
      throw new IllegalArgumentException(
          "A gray image has one channel, not " + size.channels() + ".");
    }
    return size.withChannels(CHANNELS).shape();
  }

  @Override
  public String toString() {
    return "Gray of " + red + " red, " + green + " green and " + blue + " blue";
  }

  private NDArray weights(NDManager scope, double factor) {
    float[] weights = {(float) (factor * red), (float) (factor * green), (float) (factor * blue)};
    return DeviceArrays.copyOf(scope, weights, new Shape(1, CHANNELS, 1, 1));
  }

  private static void requireColor(ImageSize size) {
    if (size.channels() != CHANNELS) {
      throw new IllegalArgumentException(
          "Only images of three channels (red, green, blue) can be turned gray, not of "
              + size.channels()
              + ". Use a prior for colour images.");
    }
  }
}
