package io.github.posteriorj.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.job.NetworkChoice;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.metric.FeatureMap;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that is open, by whose features images are compared. It returns a row of features for
 * each image, or a tuple: maps of its layers [N, C, h, w], and the row last.
 */
final class SampleFeatures implements AutoCloseable {

  /** Parts along each side of an image: squares of half its side, each half over the next. */
  private static final int PARTS = 3;

  private final NetworkOperator network;
  private final ComputeDevice device;
  private final int side;

  private SampleFeatures(NetworkOperator network, ComputeDevice device, int side) {
    this.network = network;
    this.device = device;
    this.side = side;
  }

  /**
   * Opens a network, if it may run, and looks whether it takes such images and parts of them.
   *
   * @param side of the images, which are squares
   * @throws IllegalArgumentException if it may not run, or takes no such images; the message says
   *     what to do
   * @throws IOException if it cannot be read
   */
  static SampleFeatures open(
      NetworkChoice choice, ComputeDevice device, Resources resources, int side)
      throws IOException {
    NetworkOperator network = choice.open(resources, device, 0, square(side)).operator();
    try {
      network.outputShape(square(side));
      network.outputShape(square(side / 2));
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
    return new SampleFeatures(network, device, side);
  }

  private static Shape square(int side) {
    return new Shape(1, side, side);
  }

  /** The number of parts of an image, and the side of each. */
  String parts() {
    return "%d crops of %2$d x %2$d pixels".formatted(PARTS * PARTS, side / 2);
  }

  /** What the network sees in an image. */
  ImageFeatures of(float[] pixels) {
    return of(pixels, side);
  }

  /** The rows of all parts of some images, [images x 9][features]. */
  float[][] ofParts(float[][] images) {
    List<float[]> rows = new ArrayList<>();
    for (float[] image : images) {
      for (int part = 0; part < PARTS * PARTS; part++) {
        rows.add(of(part(image, part / PARTS, part % PARTS), side / 2).row());
      }
    }
    return rows.toArray(float[][]::new);
  }

  private float[] part(float[] image, int row, int column) {
    int size = side / 2;
    int left = column * (side - size) / (PARTS - 1);
    int top = row * (side - size) / (PARTS - 1);
    float[] part = new float[size * size];
    for (int y = 0; y < size; y++) {
      System.arraycopy(image, (top + y) * side + left, part, y * size, size);
    }
    return part;
  }

  private ImageFeatures of(float[] pixels, int side) {
    try (NDManager scope = device.newScope()) {
      NDArray x = DeviceArrays.copyOf(scope, pixels, new Shape(1).addAll(square(side)));
      List<NDArray> outputs = network.outputs(x);
      int last = outputs.size() - 1;
      return new ImageFeatures(
          outputs.subList(0, last).stream().map(SampleFeatures::map).toList(),
          outputs.get(last).toFloatArray());
    }
  }

  private static FeatureMap map(NDArray output) {
    return new FeatureMap(output.toFloatArray(), Math.toIntExact(output.getShape().get(1)));
  }

  @Override
  public void close() {
    network.close();
  }
}
