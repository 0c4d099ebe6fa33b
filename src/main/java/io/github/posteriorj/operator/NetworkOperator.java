package io.github.posteriorj.operator;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TorchScriptNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Any TorchScript network as forward operator: a neural blur, a segmentation, a classification.
 *
 * <p>Its {@code forward(x)} takes images [N, C, H, W] (float32) and returns a tensor [N, ...],
 * differentiable with respect to x. A network with a parameter named {@value #CODE} is a random
 * one: its {@code forward(x, code)} takes, as a second input of that parameter's shape, numbers
 * that are drawn from N(0, 1) when the operator is opened and kept from then on, so that A is one
 * map for a whole run. What the parameter itself holds is never used.
 *
 * <p>The network is run in evaluation mode, however it was saved: without dropout, and with the
 * means and variances that batch normalisation has learned.
 *
 * <pre>{@code
 * try (NetworkOperator blur = NetworkOperator.open(file, ComputeDevice.CPU, seed)) {
 *   NDArray blurred = blur.apply(x);
 * }
 * }</pre>
 */
public final class NetworkOperator implements ForwardOperator, AutoCloseable {

  private static final String CODE = "code";

  /** Streams of random numbers apart from the chains', which count from 0. */
  private static final long CODE_STREAM = -2;

  private static final long PROBE_STREAM = -3;

  private final String name;
  private final TorchScriptNetwork network;
  private final Optional<Shape> image;
  private final Optional<Shape> codeShape;
  private final float[] code;

  /** The shape of the measurement of images of each shape that was asked for. */
  private final Map<Shape, Shape> measurements = new ConcurrentHashMap<>();

  private NetworkOperator(
      String name, TorchScriptNetwork network, Optional<Shape> image, long seed) {
    this.name = name;
    this.network = network;
    this.image = image;
    this.codeShape = network.parameterShape(CODE);
    long length = codeShape.map(Shape::size).orElse(0L);
    this.code = RandomStream.of(seed, CODE_STREAM).gaussian(Math.toIntExact(length));
  }

  /**
   * Opens a network whose measurements have the size of the images.
   *
   * @param file a TorchScript file ({@code .pt})
   * @param device where the network is to run, the prior's device
   * @param seed the run's seed, from which the random code is drawn
   * @throws NoSuchFileException if the file does not exist
   * @throws IOException if it is not a whole TorchScript file
   */
  public static NetworkOperator open(Path file, ComputeDevice device, long seed)
      throws IOException {
    return new NetworkOperator(name(file), load(file, device), Optional.empty(), seed);
  }

  /**
   * Opens a network that gives measurements of another size or kind, for images of one shape.
   *
   * @param file a TorchScript file ({@code .pt})
   * @param device where the network is to run, the prior's device
   * @param seed the run's seed, from which the random code is drawn
   * @param image [C, H, W], the images behind the measurements
   * @throws NoSuchFileException if the file does not exist
   * @throws IOException if it is not a whole TorchScript file
   */
  public static NetworkOperator open(Path file, ComputeDevice device, long seed, Shape image)
      throws IOException {
    return new NetworkOperator(name(file), load(file, device), Optional.of(image), seed);
  }

  @Override
  public NDArray apply(NDArray x) {
    return outputs(x).get(0);
  }

  /**
   * All tensors that the network returns, in its order; the first one is the measurement of a
   * forward operator.
   */
  public List<NDArray> outputs(NDArray x) {
    return codeShape
        .map(shape -> network.outputs(x, DeviceArrays.copyOf(x.getManager(), code, shape)))
        .orElseGet(() -> network.outputs(x));
  }

  /**
   * The size of the measurement, found by running the network on two images: one of zeros and one
   * of noise.
   *
   * @throws IllegalArgumentException if the network takes no such images, does not return one
   *     measurement for each image, or returns numbers that are not finite; each with a message of
   *     its own
   */
  @Override
  public Shape outputShape(Shape x) {
    return measurements.computeIfAbsent(x, this::probed);
  }

  /**
   * The image shape given at opening, or else the measurement's own.
   *
   * @throws IllegalArgumentException if the network's measurement of such images has another size
   */
  @Override
  public Shape inputShape(Shape measurement) {
    Shape shape = image.orElse(measurement);
    Shape output = outputShape(shape);
    if (!output.equals(measurement)) {
      throw new IllegalArgumentException(
          ("The output of the network %s has another size than the measurement: %s for images of"
                  + " the shape %s, but the measurement has %s. Use the network that made the"
                  + " measurement.")
              .formatted(name, output, shape, measurement));
    }
    return shape;
  }

  @Override
  public String toString() {
    return "Network " + name;
  }

  @Override
  public void close() {
    network.close();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static TorchScriptNetwork load(Path file, ComputeDevice device) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(),
          null,
          "There is no such file. Give the path of a TorchScript network (.pt).");
    }
    try {
      return TorchScriptNetwork.load(file, device);
    } catch (IOException e) {
      throw new IOException(
          "The file "
              + file
              + " is not a whole TorchScript network. Save one with torch.jit.script or"
              + " torch.jit.trace; a file of weights alone (a state dict) is not enough.",
          e);
    }
  }

  private Shape probed(Shape x) {
    try (NDManager scope = network.newScope()) {
      float[] pixels = RandomStream.of(0, PROBE_STREAM).gaussian(Math.toIntExact(x.size()));
      NDArray noise = DeviceArrays.copyOf(scope, pixels, new Shape(1).addAll(x));
      NDArray images = noise.zerosLike().concat(noise, 0);
      NDArray output = output(images, x);
      Shape shape = output.getShape();
      if (shape.dimension() < 1 || shape.get(0) != 2) {
        throw new IllegalArgumentException(
            ("The network %s must return one measurement for each image of a batch, but for 2"
                    + " images of the shape %s its output has the shape %s. The first number must"
                    + " be 2.")
                .formatted(name, x, shape));
      }
      requireFinite(output, x);
      return shape.slice(1);
    }
  }

  private NDArray output(NDArray images, Shape x) {
    try {
      return apply(images);
    } catch (EngineException e) {
      throw new IllegalArgumentException(
          "The network %s does not take images of the shape %s (channels, height, width): %s"
              .formatted(name, x, lastLine(e)),
          e);
    }
  }

  private void requireFinite(NDArray output, Shape x) {
    for (float value : output.toType(DataType.FLOAT32, false).toFloatArray()) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            ("The network %s returns numbers that are not finite (%s) for images of the shape %s"
                    + " with values around 0. Repair it: no gradient can be taken.")
                .formatted(name, value, x));
      }
    }
  }

  /** PyTorch tells its reason after the network's call stack. */
  private static String lastLine(EngineException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.substring(message.lastIndexOf('\n') + 1).strip();
  }
}
