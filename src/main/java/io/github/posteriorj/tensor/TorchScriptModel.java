package io.github.posteriorj.tensor;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** TorchScript networks that gradients can pass. */
final class TorchScriptModel {

  private TorchScriptModel() {}

  /**
   * Opens a file.
   *
   * @throws NoSuchFileException if the file does not exist
   * @throws IOException if it cannot be read, or is not a whole TorchScript file
   */
  static Model open(Path file, ComputeDevice device) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "The network's file is missing. Install the prior again.");
    }
    ComputeDevice.engine();
    Model model = Model.newInstance(file.getFileName().toString(), device.device(), "PyTorch");
    try {
      // Without trainParam PyTorch loads inference tensors, which no gradient can pass. A network
      // that was saved on a graphics card asks for one again, unless mapLocation brings it here.
      model.load(
          file.toAbsolutePath().getParent(),
          file.getFileName().toString(),
          Map.of("trainParam", "true", "mapLocation", "true"));
      return model;
    } catch (EngineException | MalformedModelException e) {
      model.close();
      throw new IOException(
          "The file "
              + file
              + " is not a whole TorchScript network: it may be truncated or of another kind."
              + " Install the prior again.",
          e);
    } catch (IOException e) {
      model.close();
      throw e;
    }
  }

  /** Runs a network; its first output lives in the scope of the first input. */
  static NDArray forward(Model model, NDArray... inputs) {
    return outputs(model, inputs).get(0);
  }

  /** Runs a network; its outputs live in the scope of the first input. */
  static NDList outputs(Model model, NDArray... inputs) {
    return Passes.alone(() -> pass(model, inputs));
  }

  private static NDList pass(Model model, NDArray... inputs) {
    // PyTorch's profiling executor replaces kernels after the first calls, and with them the last
    // bits of the result: one seed would give two results. It is set per thread.
    JniUtils.setGraphExecutorOptimize(false);
    ParameterStore parameters = new ParameterStore(inputs[0].getManager(), false);
    // Always "training": a block that has seen inference once passes no gradient any more.
    return model.getBlock().forward(parameters, new NDList(inputs), true);
  }
}
