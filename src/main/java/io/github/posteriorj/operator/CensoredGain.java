package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Arrays;

/**
 * A camera that saturates, for a measurement that is known: A(x)_i = clip(gain x_i, low_i, high_i),
 * where each pixel has only the limits that it was measured near to.
 *
 * <p>What was measured below the upper limit was not saturated, and constrains its pixel from above
 * and below; what was measured at the limit (a censored observation) constrains it from one side.
 */
public final class CensoredGain implements ForwardOperator {

  private final ClippedGain camera;
  private final float[] low;
  private final float[] high;

  /**
   * A camera whose measurement is known.
   *
   * @param camera the camera
   * @param measurement y, in the order of its axes
   */
  public CensoredGain(ClippedGain camera, float[] measurement) {
    this.camera = camera;
    this.low = new float[measurement.length];
    this.high = new float[measurement.length];
    Arrays.fill(low, Float.NEGATIVE_INFINITY);
    Arrays.fill(high, Float.POSITIVE_INFINITY);
    PixelResponse response = camera.response();
    for (int i = 0; i < measurement.length; i++) {
      if (response.mayBeLow(measurement[i])) {
        low[i] = (float) camera.low();
      }
      if (response.mayBeHigh(measurement[i])) {
        high[i] = (float) camera.high();
      }
    }
  }

  @Override
  public NDArray apply(NDArray x) {
    NDManager scope = x.getManager();
    Shape image = new Shape(1).addAll(x.getShape().slice(1));
    return x.mul(DeviceArrays.constant(scope, camera.gain()))
        .maximum(DeviceArrays.copyOf(scope, low, image))
        .minimum(DeviceArrays.copyOf(scope, high, image));
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public String toString() {
    return camera + ", where measured so";
  }
}
