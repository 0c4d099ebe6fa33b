package io.github.posteriorj.benchmark;

import io.github.posteriorj.benchmark.CellResult.Status;
import io.github.posteriorj.metric.CredibleInterval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The results of a benchmark in Markdown: for each quantity a table of methods and operators, with
 * the mean over the images and its standard error, s / sqrt(n).
 */
final class ResultTables {

  private static final String NOTHING = "-";

  private final Results results;
  private final SampleCounts counts;
  private final List<String> operators;
  private final List<String> methods;
  private final StringBuilder text = new StringBuilder();

  private ResultTables(Results results, SampleCounts counts) {
    this.results = results;
    this.counts = counts;
    this.operators = results.operators();
    this.methods = results.methods();
  }

  /**
   * The tables of some results.
   *
   * @param counts how many samples were asked for
   * @param notes what readers should know
   * @param sets what is known of all samples of a method together, if anything is
   */
  static String of(
      Results results, SampleCounts counts, List<String> notes, Optional<FeatureSets> sets) {
    ResultTables tables = new ResultTables(results, counts);
    tables.addHead();
    notes.forEach(note -> tables.text.append("\n").append(note).append("\n"));
    for (Quantity quantity : Quantity.values()) {
      if (results.has(quantity)) {
        tables.add(quantity);
      }
    }
    sets.filter(known -> !known.isEmpty()).ifPresent(tables::add);
    tables.addReasons();
    return tables.text.toString();
  }

  private void addHead() {
    text.append(
        """
        # Benchmark

        Means over %d image(s) ± their standard errors; %d samples of each measurement, unless a
        method draws another number; intensities from -1 to 1.
        """
            .formatted(results.images(), counts.usual()));
  }

  private void add(Quantity quantity) {
    text.append("\n## ").append(quantity.label()).append("\n\n");
    quantity.level().ifPresent(level -> addExpected(quantity, level));
    quantity.note().ifPresent(note -> text.append(note).append("\n\n"));
    addRows((operator, method) -> entry(quantity, operator, method));
  }

  /** What exact samples would have, for each number of them. */
  private void addExpected(Quantity quantity, double level) {
    for (int samples : results.counts(quantity, counts)) {
      text.append(
          "%d exact samples would have %s.\n"
              .formatted(
                  samples, quantity.format(CredibleInterval.expectedCoverage(samples, level))));
    }
    text.append("\n");
  }

  private void add(FeatureSets known) {
    add(
        known,
        "FID",
        " FID is larger the fewer rows there are: compare only methods with as many samples.",
        distance -> format("%.3f", distance.frechet()));
    add(known, "KID x 1000", "", distance -> format("%.1f", 1000 * distance.kernel()));
  }

  private void add(
      FeatureSets known, String name, String caution, Function<SetDistance, String> entry) {
    text.append(
        """

        ## %s

        %s Crops of one image are not independent: only for comparisons within this table.%s %s

        """
            .formatted(name, known.description(), caution, Quantity.OF_FEATURES));
    int most = known.mostRows();
    addRows(
        (operator, method) ->
            known
                .distance(operator, method)
                .map(distance -> entry.apply(distance) + rows(distance, most))
                .orElse(NOTHING));
  }

  private static String rows(SetDistance distance, int most) {
    return distance.rows() < most ? " (%d rows)".formatted(distance.rows()) : "";
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  private void addRows(BinaryOperator<String> entry) {
    addRow("method", operators);
    addRow("---", operators.stream().map(any -> "---").toList());
    for (String method : methods) {
      addRow(method, operators.stream().map(operator -> entry.apply(operator, method)).toList());
    }
  }

  private void addRow(String head, List<String> entries) {
    text.append("| %s | %s |\n".formatted(head, String.join(" | ", entries)));
  }

  private String entry(Quantity quantity, String operator, String method) {
    List<CellResult> here = results.of(operator, method);
    SummaryStatistics values = results.statistics(quantity, operator, method);
    if (values.getN() == 0) {
      return here.stream()
          .map(CellResult::status)
          .filter(status -> status != Status.DONE)
          .map(Status::label)
          .findFirst()
          .orElse(NOTHING);
    }
    String mean = quantity.format(values.getMean());
    String note = values.getN() < here.size() ? " (of " + values.getN() + ")" : "";
    return values.getN() == 1
        ? mean + note
        : mean + " ± " + quantity.format(Results.standardError(values)) + note;
  }

  /** Each reason once, with the cells that it is of. */
  private void addReasons() {
    Map<String, Long> reasons =
        results.all().stream()
            .filter(result -> result.status() != Status.DONE)
            .collect(
                Collectors.groupingBy(
                    ResultTables::line, LinkedHashMap::new, Collectors.counting()));
    if (!reasons.isEmpty()) {
      text.append("\n## Without a result\n\n");
      reasons.forEach((line, count) -> text.append("- %s (%d image(s))\n".formatted(line, count)));
    }
  }

  private static String line(CellResult result) {
    Cell cell = result.cell();
    return "%s, %s: %s. %s"
        .formatted(cell.method(), cell.operator(), result.status().label(), result.reason());
  }
}
