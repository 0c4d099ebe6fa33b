package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Time and memory of a restoration against the size of the field: a process for each size, because
 * its peak of memory is what counts.
 *
 * <p>Each of two chains takes one sweep and the gradient at its end: 10 passes an image in all.
 * Arguments: the side of a square field of 16-bit values, and that of tiles, 0 for the whole. It
 * prints a row of the table in {@code docs/benchmarks.md}.
 */
final class FieldSizeBenchmark {

  private static final double NOISE = 1000;
  private static final GaussianBlur BLUR = new GaussianBlur(2);

  private FieldSizeBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int side = Integer.parseInt(arguments[0]);
    int tile = Integer.parseInt(arguments[1]);
    try (ConsistencyModel whole = PriorFolders.open(Path.of("models/microscopy-64"))) {
      GenerativeModel model = tile == 0 ? whole : whole.tiled(tile);
      Measurement measurement = measurement(model, side);
      String[] expected = {""};
      Progress progress =
          new Progress() {
            @Override
            public void advanced(String stage, long done, long total) {}

            @Override
            public void expected(String estimate) {
              expected[0] = estimate;
            }
          };
      long begun = System.nanoTime();
      long processor = processorTime();
      new Restoration(
              model,
              1,
              BLUR,
              new LevelLangevin(0.3, 0, 1, 0, 1, 0.3),
              2,
              1,
              OutlierTreatment.KEEP,
              List.of())
          .run(
              measurement,
              new GaussianNoise(NOISE),
              Optional.of(new IntensityRange(0, 65535)),
              progress);
      double seconds = (System.nanoTime() - begun) / 1e9;
      double busy = (processorTime() - processor) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "| %d x %d | %s | %.0f | %.1f | %.1f | %s | %s |%n",
          side,
          side,
          tile == 0 ? "whole" : String.valueOf(tile),
          seconds,
          busy,
          1e6 * busy / side / side,
          peak(),
          expected[0]);
    }
  }

  /** Blobs of many sizes, up to white, in 16 bits. */
  private static Measurement measurement(GenerativeModel model, int side) {
    Shape shape = new Shape(1, 1, side, side);
    float[] field = RandomStream.of(3, 0).gaussian(side * side);
    float[] noise = RandomStream.of(3, 1).gaussian(side * side);
    try (NDManager scope = model.newScope()) {
      float[] smooth =
          BLUR.apply(new GaussianBlur(4).apply(DeviceArrays.copyOf(scope, field, shape)))
              .toFloatArray();
      for (int i = 0; i < smooth.length; i++) {
        double value = 20_000 + 300_000 * Math.max(0, smooth[i]) + NOISE * noise[i];
        smooth[i] = Math.round(Math.max(0, Math.min(65535, value)));
      }
      return new Measurement(smooth, shape.slice(1));
    }
  }

  /** Nanoseconds that all threads of this process have computed. */
  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The most memory that this process has had, as Linux tells it. */
  private static String peak() throws IOException {
    double kibibytes =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    return String.format(Locale.ROOT, "%.2f GiB", kibibytes / (1 << 20));
  }
}
