package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Optional;

/**
 * A camera that saturates: A(x) = clip(gain x, low, high), pixel by pixel.
 *
 * <p>The clipping is what the instrument does, so it stands in the path of gradients on purpose:
 * the gradient vanishes in saturated pixels, because what saturated tells only that it was bright
 * (or dark) enough. A descent that begins with a pixel saturated which is not in the measurement
 * would never learn of it: hence {@link #relaxed}.
 *
 * @param gain factor of all intensities, above 0
 * @param low what darker pixels are measured as
 * @param high what brighter pixels are measured as, above low
 */
public record ClippedGain(double gain, double low, double high) implements ForwardOperator {

  /**
   * A camera that saturates.
   *
   * @throws IllegalArgumentException if the gain is not a positive number, or low is not a number
   *     below high
   */
  public ClippedGain {
    if (!(gain > 0) || !Double.isFinite(gain)) {
      throw new IllegalArgumentException(
          "The gain before clipping must be a positive number, not " + gain + ".");
    }
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "Clipping needs a lower level below its upper level, both finite, not "
              + low
              + " and "
              + high
              + ".");
    }
  }

  @Override
  public NDArray apply(NDArray x) {
    NDManager scope = x.getManager();
    return x.mul(DeviceArrays.constant(scope, gain))
        .maximum(DeviceArrays.constant(scope, low))
        .minimum(DeviceArrays.constant(scope, high));
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public ForwardOperator relaxed(float[] measurement) {
    return new CensoredGain(this, measurement);
  }

  @Override
  public Optional<PixelResponse> pixelResponse() {
    return Optional.of(response());
  }

  PixelResponse response() {
    return new PixelResponse(gain, 0, low, high);
  }

  @Override
  public String toString() {
    return "Gain " + gain + ", clipped to " + low + " to " + high;
  }
}
