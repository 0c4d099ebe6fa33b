package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.DeviceArrays;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Processor time of network passes against the size of the canvas and of its tiles: which tiles a
 * {@code MemoryPlan} should choose. It prints the table in {@code docs/benchmarks.md}, in some five
 * minutes of one core.
 */
final class TileSizeBenchmark {

  /** Times are told against those of this canvas. */
  private static final Canvas FIRST = new Canvas(256, 0);

  private static final List<Canvas> CANVASES =
      List.of(
          FIRST,
          new Canvas(512, 0),
          new Canvas(768, 0),
          new Canvas(1024, 0),
          new Canvas(1024, 512),
          new Canvas(1024, 256),
          new Canvas(1536, 0),
          new Canvas(1536, 768),
          new Canvas(1536, 512),
          new Canvas(2048, 1024),
          new Canvas(2048, 688),
          new Canvas(2048, 512));

  private TileSizeBenchmark() {}

  /** A square canvas, whole or in tiles. */
  private record Canvas(int side, int tile) {

    GenerativeModel of(GenerativeModel whole) {
      return tile == 0 ? whole : whole.tiled(tile);
    }

    String tiles() {
      return tile == 0 ? "whole" : String.valueOf(tile);
    }

    /** Pixels that windows see for each of the image. */
    double seen(GenerativeModel whole) {
      return tile == 0
          ? 1
          : of(whole).network().tiling().orElseThrow().seenPixels(new Shape(1, side, side))
              / pixels();
    }

    double pixels() {
      return (double) side * side;
    }
  }

  /** Processor time of a pixel of the image, in microseconds. */
  private record Times(double pass, double gradient) {

    static Times of(GenerativeModel whole, Canvas canvas) {
      CroppedPrior prior =
          canvas.of(whole).forImages(1, new Shape(1, canvas.side(), canvas.side()), 0);
      Shape batch = new Shape(1).addAll(prior.latentShape());
      double pass = microseconds(whole, z -> prior.generate(z).toFloatArray(), batch);
      double gradient =
          microseconds(
              whole,
              z -> prior.gradient(DeviceArrays::sumOfEach, z).gradient().toFloatArray(),
              batch);
      return new Times(pass / canvas.pixels(), gradient / canvas.pixels());
    }
  }

  public static void main(String[] arguments) throws Exception {
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      Times.of(model, FIRST);
      Times first = Times.of(model, FIRST);
      System.out.println(
          "| canvas | tile | pixels seen | pass | gradient | pass, against the first row |"
              + " gradient |\n|---|---|---|---|---|---|---|");
      for (Canvas canvas : CANVASES) {
        Times times = canvas.equals(FIRST) ? first : Times.of(model, canvas);
        System.out.printf(
            Locale.ROOT,
            "| %d x %d | %s | %.2f | %.2f µs | %.2f µs | %.2f | %.2f |%n",
            canvas.side(),
            canvas.side(),
            canvas.tiles(),
            canvas.seen(model),
            times.pass(),
            times.gradient(),
            times.pass() / first.pass(),
            times.gradient() / first.gradient());
      }
    }
  }

  private static double microseconds(GenerativeModel model, Consumer<NDArray> work, Shape batch) {
    long before = processorTime();
    try (NDManager scope = model.newScope()) {
      work.accept(scope.randomNormal(batch));
    }
    return (processorTime() - before) / 1e3;
  }

  /** Nanoseconds that all threads of this process have computed. */
  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
