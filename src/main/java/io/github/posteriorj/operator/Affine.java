package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Optional;

/**
 * An affine change of all intensities: A(x) = gain x + offset.
 *
 * <p>It makes units of units: for example a camera of gain g and offset o that sees the light x
 * with a background b measures g (x + b) + o, which is {@code new Affine(g, g * b + o)}. In a
 * {@link Composition} it takes an image from the model's range, where 0 is a medium grey, to
 * intensities, where 0 is dark, and back.
 *
 * @param gain factor, not 0
 * @param offset what an intensity of 0 is measured as
 */
public record Affine(double gain, double offset) implements ForwardOperator {

  /**
   * An affine change of all intensities.
   *
   * @throws IllegalArgumentException if the gain is 0, or one of the numbers is not finite
   */
  public Affine {
    if (gain == 0 || !Double.isFinite(gain)) {
      throw new IllegalArgumentException(
          "The gain must be a number other than 0, not " + gain + ".");
    }
    if (!Double.isFinite(offset)) {
      throw new IllegalArgumentException("The offset must be a finite number, not " + offset + ".");
    }
  }

  @Override
  public NDArray apply(NDArray x) {
    NDManager scope = x.getManager();
    return x.mul(DeviceArrays.constant(scope, gain)).add(DeviceArrays.constant(scope, offset));
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public Optional<LinearOperator> linearPart() {
    return Optional.of(new Scaling(gain));
  }

  /** The intensity that is measured as a value. */
  public double inverse(double value) {
    return (value - offset) / gain;
  }

  @Override
  public Optional<PixelResponse> pixelResponse() {
    return Optional.of(PixelResponse.affine(gain, offset));
  }

  @Override
  public String toString() {
    return "Gain " + gain + ", offset " + offset;
  }
}
