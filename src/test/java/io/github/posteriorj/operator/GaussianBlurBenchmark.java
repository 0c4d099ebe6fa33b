package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Times three ways to blur: the two matrix products of {@link GaussianBlur}, two one-dimensional
 * convolutions, and a Fourier transform. The rivals get the easiest border there is (zeros, or
 * none), and only the kernel's inner five standard deviations. Prints milliseconds an image as a
 * table.
 */
public final class GaussianBlurBenchmark {

  private static final int WARM_UP = 5;
  private static final int REPETITIONS = 20;

  private GaussianBlurBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    System.out.println("| size | sigma | matrix products | convolutions | Fourier transform |");
    System.out.println("|---|---|---|---|---|");
    for (int size : new int[] {64, 128, 256, 512, 1024, 2048}) {
      for (double sigma : new double[] {2, 8}) {
        System.out.printf(
            Locale.ROOT,
            "| %d x %d | %.0f | %.2f ms | %.2f ms | %.2f ms |%n",
            size,
            size,
            sigma,
            milliseconds(size, new GaussianBlur(sigma)::apply),
            milliseconds(size, x -> convolved(x, sigma)),
            milliseconds(size, GaussianBlurBenchmark::transformed));
      }
    }
  }

  private static NDArray convolved(NDArray x, double sigma) {
    int radius = (int) Math.ceil(5 * sigma);
    NDArray kernel = x.getManager().ones(new Shape(1, 1, 2L * radius + 1, 1));
    NDArray once = Conv2d.conv2d(x, kernel, null, new Shape(1, 1), new Shape(radius, 0)).get(0);
    return Conv2d.conv2d(once, kernel.swapAxes(2, 3), null, new Shape(1, 1), new Shape(0, radius))
        .get(0);
  }

  private static NDArray transformed(NDArray x) {
    // Mirrored, an image is twice as long and twice as wide.
    long[] size = {2 * x.getShape().get(2), 2 * x.getShape().get(3)};
    NDArray spectrum = x.fft2(size);
    return spectrum.ifft2(size);
  }

  private static double milliseconds(int size, UnaryOperator<NDArray> blur) {
    float[] pixels = RandomStream.of(1, 0).gaussian(size * size);
    long start = 0;
    for (int i = -WARM_UP; i < REPETITIONS; i++) {
      if (i == 0) {
        start = System.nanoTime();
      }
      try (NDManager scope = ComputeDevice.CPU.newScope()) {
        blur.apply(scope.create(pixels, new Shape(1, 1, size, size))).close();
      }
    }
    return (System.nanoTime() - start) * 1e-6 / REPETITIONS;
  }
}
