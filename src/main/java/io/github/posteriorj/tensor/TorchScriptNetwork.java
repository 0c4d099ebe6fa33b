package io.github.posteriorj.tensor;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A frozen TorchScript network through which gradients reach the input.
 *
 * <p>Not safe for use by several threads at once: PyTorch allows one gradient at a time per Java
 * virtual machine.
 */
public final class TorchScriptNetwork implements AutoCloseable {

  private final Model model;
  private final Path file;
  private final ComputeDevice device;

  private TorchScriptNetwork(Model model, Path file, ComputeDevice device) {
    this.model = model;
    this.file = file;
    this.device = device;
  }

  /**
   * Loads a network.
   *
   * @param file a TorchScript file ({@code .pt}), as written by {@code torch.jit.save}
   * @param device where the network is to run
   * @throws NoSuchFileException if the file does not exist
   * @throws IOException if it cannot be read, or is not a whole TorchScript file
   */
  public static TorchScriptNetwork load(Path file, ComputeDevice device) throws IOException {
    Model model = TorchScriptModel.open(file, device);
    model.getBlock().freezeParameters(true);
    return new TorchScriptNetwork(model, file, device);
  }

  /** The file that the network was loaded from. */
  public Path file() {
    return file;
  }

  /** The processor that the network runs on. */
  public ComputeDevice device() {
    return device;
  }

  /** A fresh memory scope on the network's device; closing it frees all that was made in it. */
  public NDManager newScope() {
    return model.getNDManager().newSubManager();
  }

  /**
   * The shape of one of the network's parameters.
   *
   * @param name its name, as in PyTorch's {@code named_parameters}
   * @return empty if the network has no such parameter
   */
  public Optional<Shape> parameterShape(String name) {
    Parameter parameter = model.getBlock().getParameters().get(name);
    return parameter == null ? Optional.empty() : Optional.of(parameter.getArray().getShape());
  }

  /**
   * Runs the network.
   *
   * @return its first output; it lives in the scope of the first input
   * @throws EngineException if the network does not take such inputs
   */
  public NDArray forward(NDArray... inputs) {
    return TorchScriptModel.forward(model, inputs);
  }

  /**
   * Runs the network.
   *
   * @return all its outputs, of a tuple; they live in the scope of the first input
   * @throws EngineException if the network does not take such inputs
   */
  public NDList outputs(NDArray... inputs) {
    return TorchScriptModel.outputs(model, inputs);
  }

  @Override
  public void close() {
    model.close();
    device.releaseUnused();
  }
}
