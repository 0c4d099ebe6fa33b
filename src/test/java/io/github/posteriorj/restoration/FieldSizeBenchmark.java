package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.Tiling;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Time and memory of a restoration against the size of its field, its planes and its samples: a
 * process for each row, because its peak of memory is what counts.
 *
 * <p>Each chain gives one sample after eight sweeps and one step: 23 passes of an image. Without
 * arguments it prints the table in {@code docs/benchmarks.md}, which takes most of an hour of one
 * core; the argument {@code short} leaves out the largest field. With a row's four numbers (side of
 * the field, planes, samples, side of the tiles) it measures that row.
 */
final class FieldSizeBenchmark {

  private static final double NOISE = 1000;
  private static final GaussianBlur BLUR = new GaussianBlur(2);
  private static final LevelLangevin SOLVER = new LevelLangevin(0.3, 0, 8, 1, 1, 0.3);

  /** Passes of a chain: its start, and gradients of f and D before the step and after it. */
  private static final int STARTS = 15;

  private static final int GRADIENTS = 2;
  private static final int PASSES_OF_GRADIENT = 4;

  /** Tiles are seen once more before the gradient is pulled back. */
  private static final int PASSES_OF_GRADIENT_IN_TILES = 5;

  private static final String SHORT = "short";
  private static final Row FIRST = new Row(256, 1, 2, 256);

  private static final List<Row> ROWS =
      List.of(
          FIRST,
          new Row(512, 1, 2, 512),
          new Row(1024, 1, 2, 1024),
          new Row(1024, 1, 2, 512),
          new Row(256, 5, 2, 256),
          new Row(256, 20, 2, 256),
          new Row(256, 1, 8, 256),
          new Row(256, 1, 32, 256),
          new Row(2048, 1, 2, 512));

  private FieldSizeBenchmark() {}

  /** What is measured: a field of side x side pixels in some planes, with so many samples. */
  private record Row(int side, int planes, int samples, int tile) {

    static Row of(String... numbers) {
      return new Row(
          Integer.parseInt(numbers[0]),
          Integer.parseInt(numbers[1]),
          Integer.parseInt(numbers[2]),
          Integer.parseInt(numbers[3]));
    }

    List<String> arguments() {
      return List.of("" + side, "" + planes, "" + samples, "" + tile);
    }

    boolean isWhole() {
      return tile >= side;
    }

    /** Pixels of all samples. */
    double pixels() {
      return (double) side * side * planes * samples;
    }

    /** Pixels that all network passes see, halos and second passes included. */
    double seen(GenerativeModel model) {
      Tiling tiling = model.network().tiling().orElseThrow();
      double once = tiling.seenPixels(new Shape(1, side, side));
      int gradient = isWhole() ? PASSES_OF_GRADIENT : PASSES_OF_GRADIENT_IN_TILES;
      return once * planes * samples * (STARTS + GRADIENTS * gradient);
    }
  }

  /** What a row's process tells: processor seconds, pixels seen, bytes, and the estimate. */
  private record Measured(double busy, double seen, double peak, String expected) {

    String line() {
      return busy + ";" + seen + ";" + peak + ";" + expected;
    }

    static Measured of(String line) {
      String[] parts = line.split(";");
      return new Measured(
          Double.parseDouble(parts[0]),
          Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]),
          parts[3]);
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 4) {
      System.out.println(measure(Row.of(arguments)).line());
      return;
    }
    System.out.println(
        "| field | planes | samples | tile | processor time | a pixel of a sample, against the"
            + " first row | a pixel that networks saw | peak memory of the process | expected for a"
            + " plane |\n"
            + "|---|---|---|---|---|---|---|---|---|");
    boolean isShort = arguments.length == 1 && arguments[0].equals(SHORT);
    Measured first = null;
    for (Row row : ROWS) {
      if (isShort && row.side() > 1024) {
        continue;
      }
      Measured measured = inProcess(row);
      first = first == null ? measured : first;
      double seconds = measured.busy() / row.pixels();
      double ofSeen = measured.busy() / measured.seen();
      System.out.printf(
          Locale.ROOT,
          "| %d x %d | %d | %d | %s | %.1f s | %.2f | %.2f | %.2f GiB | %s |%n",
          row.side(),
          row.side(),
          row.planes(),
          row.samples(),
          row.isWhole() ? "whole" : String.valueOf(row.tile()),
          measured.busy(),
          seconds / (first.busy() / FIRST.pixels()),
          ofSeen / (first.busy() / first.seen()),
          measured.peak() / (1L << 30),
          measured.expected());
    }
  }

  /** Measures in a virtual machine like this one. */
  private static Measured inProcess(Row row) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", classPath()));
    command.add(FieldSizeBenchmark.class.getName());
    command.addAll(row.arguments());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("The process of " + row + " failed: " + output);
    }
    return Measured.of(output.strip());
  }

  /** Maven runs main classes in a class loader of its own. */
  private static String classPath() {
    return FieldSizeBenchmark.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs())
            .map(url -> Path.of(URI.create(url.toString())).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  private static Measured measure(Row row) throws IOException {
    try (ConsistencyModel whole = PriorFolders.open(Path.of("models/microscopy-64"))) {
      GenerativeModel model = whole.tiled(row.tile());
      // Networks are opened and compiled, and so is Java's code.
      restore(whole, measurement(whole, FIRST.side(), 0), FIRST.samples(), Progress.NONE);
      String[] expected = {""};
      Progress progress =
          new Progress() {
            @Override
            public void advanced(String stage, long done, long total) {}

            @Override
            public void announced(String what) {
              expected[0] = what.replace("Expected to take ", "");
            }
          };
      double busy = 0;
      List<PosteriorSummary> kept = new ArrayList<>();
      for (int plane = 0; plane < row.planes(); plane++) {
        Measurement measurement = measurement(model, row.side(), plane);
        long before = processorTime();
        kept.add(restore(model, measurement, row.samples(), progress));
        busy += (processorTime() - before) / 1e9;
      }
      return new Measured(busy, row.seen(model), peak(), expected[0]);
    }
  }

  private static PosteriorSummary restore(
      GenerativeModel model, Measurement measurement, int samples, Progress progress) {
    return new Restoration(model, 1, BLUR, SOLVER, samples, 1, OutlierTreatment.KEEP, List.of())
        .run(
            measurement,
            new GaussianNoise(NOISE),
            Optional.of(new IntensityRange(0, 65535)),
            progress);
  }

  /** Blobs of many sizes, up to white, in 16 bits. */
  private static Measurement measurement(GenerativeModel model, int side, int plane) {
    Shape shape = new Shape(1, 1, side, side);
    float[] field = RandomStream.of(3, 2 * plane).gaussian(side * side);
    float[] noise = RandomStream.of(3, 2 * plane + 1).gaussian(side * side);
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

  /** The most memory that this process has had, in bytes, as Linux tells it. */
  private static double peak() throws IOException {
    return 1024
        * Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
  }
}
