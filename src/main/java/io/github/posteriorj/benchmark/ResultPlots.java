package io.github.posteriorj.benchmark;

import io.github.posteriorj.metric.CredibleInterval;
import io.github.posteriorj.plot.Axis;
import io.github.posteriorj.plot.Axis.Scale;
import io.github.posteriorj.plot.DotPlot;
import io.github.posteriorj.plot.Estimate;
import io.github.posteriorj.plot.Line;
import io.github.posteriorj.plot.Line.Point;
import io.github.posteriorj.plot.LinePlot;
import io.github.posteriorj.plot.PlotFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The results of a benchmark as plots, PNG and SVG: the main quantities by method and operator with
 * their standard errors; the coverage of intervals against their level; and, where methods were run
 * with several numbers of samples, what these cost.
 *
 * @param results what is known of the cells
 * @param counts how many samples were asked for
 * @param methods those of the benchmark
 */
record ResultPlots(Results results, SampleCounts counts, List<BenchmarkMethod> methods) {

  /** Those that readers compare methods by. */
  private static final List<Quantity> MAIN =
      List.of(
          Quantity.MEAN_PSNR,
          Quantity.SAMPLE_PSNR,
          Quantity.SAMPLE_SSIM,
          Quantity.SAMPLE_LPIPS,
          Quantity.CRPS,
          Quantity.DIVERSITY,
          Quantity.SIMILARITY,
          Quantity.Y_ACCURACY,
          Quantity.JUDGED_ACCURACY,
          Quantity.Y_OVERLAP,
          Quantity.JUDGED_OVERLAP,
          Quantity.EFFECTIVE_PASSES,
          Quantity.PROCESSOR_SECONDS);

  /** Costs, which differ by factors between methods. */
  private static final Set<Quantity> COSTS =
      Set.of(Quantity.EFFECTIVE_PASSES, Quantity.PROCESSOR_SECONDS);

  /**
   * Draws all that is known.
   *
   * @param folder where the files go
   * @throws IOException if they cannot be written
   */
  void write(Path folder) throws IOException {
    for (Quantity quantity : MAIN) {
      DotPlot plot = dots(quantity);
      if (plot.rows().values().stream().anyMatch(dots -> !dots.isEmpty())) {
        PlotFiles.write(folder, fileName(quantity.label()), plot);
      }
    }
    for (String operator : results.operators()) {
      writeCoverage(folder, operator);
      writeCounts(folder, operator);
    }
  }

  /** A cost has no error bars, which could reach 0, and no dot at 0: its axis is logarithmic. */
  private DotPlot dots(Quantity quantity) {
    boolean isCost = COSTS.contains(quantity);
    Map<String, Map<String, Estimate>> rows = new LinkedHashMap<>();
    for (String method : results.methods()) {
      Map<String, Estimate> dots = new LinkedHashMap<>();
      for (String operator : results.operators()) {
        SummaryStatistics values = results.statistics(quantity, operator, method);
        double mean = values.getMean();
        if (isCost && mean > 0) {
          dots.put(operator, new Estimate(mean, 0));
        } else if (!isCost && values.getN() > 0) {
          dots.put(operator, new Estimate(mean, Results.standardError(values)));
        }
      }
      rows.put(method, dots);
    }
    Scale scale = isCost ? Scale.LOGARITHMIC : Scale.LINEAR;
    return new DotPlot(new Axis(quantity.label(), scale), rows);
  }

  private void writeCoverage(Path folder, String operator) throws IOException {
    List<String> known =
        results.methods().stream()
            .filter(method -> results.has(Quantity.COVERAGE_90, operator, method))
            .toList();
    List<Line> lines = new ArrayList<>();
    known.stream()
        .map(counts::of)
        .distinct()
        .sorted()
        .forEach(
            samples ->
                lines.add(
                    line(
                        samples + " exact samples",
                        (quantity, level) -> CredibleInterval.expectedCoverage(samples, level))));
    for (String method : known) {
      lines.add(
          line(
              method,
              (quantity, level) -> results.statistics(quantity, operator, method).getMean()));
    }
    if (!lines.isEmpty()) {
      PlotFiles.write(
          folder,
          fileName("coverage " + operator),
          new LinePlot(
              new Axis("level of the credible interval", Scale.LINEAR),
              new Axis("share of the pixels inside, " + operator, Scale.LINEAR),
              lines));
    }
  }

  private static Line line(String name, ToDoubleBiFunction<Quantity, Double> coverage) {
    List<Point> points = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      quantity
          .level()
          .ifPresent(
              level -> points.add(new Point(level, coverage.applyAsDouble(quantity, level))));
    }
    return new Line(name, points);
  }

  /** What a method is but for the number of its samples. */
  private record Family(String method, Map<String, Object> settings) {}

  private void writeCounts(Path folder, String operator) throws IOException {
    List<List<BenchmarkMethod>> families =
        methods.stream()
            .filter(method -> method.samples().isPresent())
            .collect(
                Collectors.groupingBy(
                    method -> new Family(method.method(), method.settings()),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .values()
            .stream()
            .filter(family -> family.size() > 1)
            .toList();
    for (Quantity cost : List.of(Quantity.PASSES, Quantity.PROCESSOR_SECONDS)) {
      List<Line> lines =
          families.stream()
              .map(family -> line(family, cost, operator))
              .filter(line -> !line.points().isEmpty())
              .toList();
      if (!lines.isEmpty()) {
        String label = cost == Quantity.PASSES ? "network passes" : cost.label();
        PlotFiles.write(
            folder,
            fileName(label + " by samples " + operator),
            new LinePlot(
                new Axis("samples", Scale.LOGARITHMIC),
                new Axis(label + ", " + operator, Scale.LOGARITHMIC),
                lines));
      }
    }
  }

  /** Named as the methods are, up to the number of samples behind a semicolon. */
  private Line line(List<BenchmarkMethod> family, Quantity cost, String operator) {
    List<Point> points = family.stream().flatMap(method -> point(method, cost, operator)).toList();
    return new Line(family.get(0).name().split(";")[0], points);
  }

  private Stream<Point> point(BenchmarkMethod method, Quantity cost, String operator) {
    int count = method.samples().orElseThrow();
    double mean = results.statistics(cost, operator, method.name()).getMean();
    double whole = cost == Quantity.PASSES ? mean * count : mean;
    return whole > 0 ? Stream.of(new Point(count, whole)) : Stream.empty();
  }

  /** Letters and digits of a label, in lower case, with hyphens for what is between them. */
  static String fileName(String label) {
    return label.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("-$", "");
  }
}
