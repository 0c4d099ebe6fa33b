package io.github.posteriorj.operator;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Times each operator with its gradient, as a sampler's step needs both. Prints milliseconds an
 * image as a table.
 */
public final class ForwardOperatorsBenchmark {

  private static final int[] SIZES = {64, 256, 512};
  private static final int WARM_UP = 3;
  private static final int REPETITIONS = 10;

  private ForwardOperatorsBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    try (NetworkOperator neuralBlur =
        NetworkOperator.open(NetworkOperatorTest.NEURAL_BLUR, ComputeDevice.CPU, 1)) {
      System.out.println("| operator | 64 x 64 | 256 x 256 | 512 x 512 |");
      System.out.println("|---|---|---|---|");
      Map<Integer, Map<String, ForwardOperator>> operators = new LinkedHashMap<>();
      for (int size : SIZES) {
        operators.put(size, operators(size, neuralBlur));
      }
      for (String name : operators.get(SIZES[0]).keySet()) {
        StringBuilder line = new StringBuilder("| " + name);
        for (int size : SIZES) {
          double milliseconds = milliseconds(operators.get(size).get(name), size);
          line.append(String.format(Locale.ROOT, " | %.2f ms", milliseconds));
        }
        System.out.println(line + " |");
      }
    }
  }

  private static Map<String, ForwardOperator> operators(int size, NetworkOperator neuralBlur) {
    RandomStream random = RandomStream.of(1, 0);
    Map<String, ForwardOperator> operators = new LinkedHashMap<>();
    operators.put("identity", new Identity());
    operators.put("pixel mask", PixelMask.random(size, size, 0.2, random));
    operators.put("average pooling by 4", new AveragePooling(4));
    operators.put("clipped gain", new ClippedGain(2, -1, 1));
    operators.put("Gaussian blur, 2 pixels", new GaussianBlur(2));
    operators.put(
        "convolution, 61 x 61 path, reflecting border",
        new MirroredConvolution(MotionKernels.randomPath(61, 0.5, random)));
    operators.put(
        "convolution, 61 x 61 path, circular",
        new CircularConvolution(MotionKernels.randomPath(61, 0.5, random)));
    operators.put("Fourier magnitude", new FourierMagnitude(FourierMagnitude.QUARTER));
    operators.put("neural blur", neuralBlur);
    return operators;
  }

  private static double milliseconds(ForwardOperator operator, int size) {
    float[] pixels = RandomStream.of(2, 0).gaussian(size * size);
    long start = 0;
    for (int i = -WARM_UP; i < REPETITIONS; i++) {
      if (i == 0) {
        start = System.nanoTime();
      }
      try (NDManager scope = ComputeDevice.CPU.newScope()) {
        Differentiation.valueAndGradient(
            x -> operator.apply(x).square().sum(),
            DeviceArrays.copyOf(scope, pixels, new Shape(1, 1, size, size)));
      }
    }
    return (System.nanoTime() - start) * 1e-6 / REPETITIONS;
  }
}
