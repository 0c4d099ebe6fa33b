package io.github.posteriorj.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.job.NetworkChoice;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import java.io.IOException;
import java.util.Arrays;

/** A network that is open, by whose features images are compared. */
final class SampleFeatures implements AutoCloseable {

  private final NetworkOperator network;
  private final ComputeDevice device;
  private final Shape image;

  private SampleFeatures(NetworkOperator network, ComputeDevice device, Shape image) {
    this.network = network;
    this.device = device;
    this.image = image;
  }

  /**
   * Opens a network, if it may run, and looks whether it takes such images.
   *
   * @param image [1, H, W]
   * @throws IllegalArgumentException if it may not run, or takes no such images; the message says
   *     what to do
   * @throws IOException if it cannot be read
   */
  static SampleFeatures open(
      NetworkChoice choice, ComputeDevice device, Resources resources, Shape image)
      throws IOException {
    NetworkOperator network = choice.open(resources, device, 0, image).operator();
    try {
      network.outputShape(image);
    } catch (IllegalArgumentException e) {
      network.close();
      throw e;
    }
    return new SampleFeatures(network, device, image);
  }

  /** The features of images, [images][features]. */
  float[][] of(float[][] images) {
    float[][] features = new float[images.length][];
    Arrays.setAll(features, i -> of(images[i]));
    return features;
  }

  private float[] of(float[] pixels) {
    try (NDManager scope = device.newScope()) {
      NDArray x = DeviceArrays.copyOf(scope, pixels, new Shape(1).addAll(image));
      return network.apply(x).toFloatArray();
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
