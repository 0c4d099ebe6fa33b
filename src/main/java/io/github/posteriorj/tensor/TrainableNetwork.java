package io.github.posteriorj.tensor;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A TorchScript network whose parameters are trained by Adam (Kingma and Ba 2015), with a moving
 * average of them: the file holds the architecture, and trained parameters are written back into
 * such a file.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class TrainableNetwork implements AutoCloseable {

  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.99f;

  private final Model model;
  private final ComputeDevice device;
  private final Block block;
  private final List<String> names = new ArrayList<>();
  private final List<NDArray> parameters = new ArrayList<>();
  private final List<NDArray> averages = new ArrayList<>();
  private final Optimizer adam;

  private TrainableNetwork(Model model, ComputeDevice device, double learningRate) {
    this.model = model;
    this.device = device;
    this.block = model.getBlock();
    this.adam =
        Optimizer.adam()
            .optBeta1(BETA_1)
            .optBeta2(BETA_2)
            .optLearningRateTracker(Tracker.fixed((float) learningRate))
            .build();
    for (Pair<String, Parameter> parameter : block.getParameters()) {
      NDArray values = parameter.getValue().getArray();
      if (values.getDataType().isFloating()) {
        names.add(parameter.getKey());
        parameters.add(values);
        averages.add(values.stopGradient().duplicate());
      }
    }
  }

  /**
   * Loads a network.
   *
   * @param file a TorchScript file ({@code .pt})
   * @param device where the network is to be trained
   * @param learningRate Adam's step size
   * @throws IOException if it cannot be read, is not a whole TorchScript file, or has no parameters
   */
  public static TrainableNetwork load(Path file, ComputeDevice device, double learningRate)
      throws IOException {
    TrainableNetwork network =
        new TrainableNetwork(TorchScriptModel.open(file, device), device, learningRate);
    if (network.parameters.isEmpty()) {
      network.close();
      throw new IOException(
          "The network "
              + file
              + " has no parameters to train: it was frozen when it was exported, or has none.");
    }
    return network;
  }

  /** The processor that the network is trained on. */
  public ComputeDevice device() {
    return device;
  }

  /** A fresh memory scope on the network's device; closing it frees all that was made in it. */
  public NDManager newScope() {
    return model.getNDManager().newSubManager();
  }

  /**
   * Runs the network: with gradients of the parameters inside of {@link #step}, without any outside
   * of it.
   *
   * @return its first output; it lives in the scope of the first input
   */
  public NDArray forward(NDArray... inputs) {
    return TorchScriptModel.forward(model, inputs);
  }

  /** Runs a function without keeping what gradients would need. */
  public <T> T withoutGradient(Supplier<T> function) {
    return Passes.alone(
        () -> {
          boolean before = JniUtils.isGradMode();
          JniUtils.setGradMode(false);
          try {
            return function.get();
          } finally {
            JniUtils.setGradMode(before);
          }
        });
  }

  /**
   * Takes one step of Adam down the gradient of a loss.
   *
   * @param loss calls {@link #forward} and returns a number
   * @return the loss before the step
   * @throws ArithmeticException if the loss is not finite; the parameters are left as they were
   */
  public float step(Supplier<NDArray> loss) {
    return Passes.alone(
        () -> {
          float value;
          try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray result = loss.get();
            value = result.getFloat();
            if (!Float.isFinite(value)) {
              throw new ArithmeticException(
                  "The training loss is no longer a finite number. Use a smaller learning rate.");
            }
            collector.backward(result);
          }
          for (int i = 0; i < parameters.size(); i++) {
            NDArray weight = parameters.get(i);
            try (NDArray gradient = weight.getGradient()) {
              adam.update(names.get(i), weight, gradient);
            }
          }
          return value;
        });
  }

  /**
   * Moves the average towards the present parameters, average = decay average + (1 - decay)
   * parameters.
   */
  public void average(double decay) {
    withoutGradient(
        () -> {
          for (int i = 0; i < parameters.size(); i++) {
            try (NDArray share = parameters.get(i).mul((float) (1 - decay))) {
              averages.get(i).muli((float) decay).addi(share);
            }
          }
          return null;
        });
  }

  /** Runs a function with the averaged parameters in the place of the present ones. */
  public <T> T withAverage(Supplier<T> function) {
    return withoutGradient(
        () -> {
          exchange();
          try {
            return function.get();
          } finally {
            exchange();
          }
        });
  }

  private void exchange() {
    for (int i = 0; i < parameters.size(); i++) {
      NDArray weight = parameters.get(i);
      try (NDArray present = weight.duplicate()) {
        averages.get(i).copyTo(weight);
        present.copyTo(averages.get(i));
      }
    }
  }

  /** Keeps the network as it is now, with its averaged parameters. */
  public SavedNetwork saveAverage() {
    return withAverage(
        () -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          JniUtils.writeModule((PtSymbolBlock) block, out, false);
          return new SavedNetwork(out.toByteArray());
        });
  }

  @Override
  public void close() {
    model.close();
  }
}
