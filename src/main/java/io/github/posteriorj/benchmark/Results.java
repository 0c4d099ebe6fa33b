package io.github.posteriorj.benchmark;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The results of a benchmark, by operator and method.
 *
 * @param all in the order in which they came
 */
record Results(List<CellResult> all) {

  /** The names of the operators. */
  List<String> operators() {
    return names(Cell::operator);
  }

  /** The names of the methods. */
  List<String> methods() {
    return names(Cell::method);
  }

  /** How many images there are. */
  int images() {
    return names(Cell::image).size();
  }

  private List<String> names(Function<Cell, String> part) {
    return all.stream().map(CellResult::cell).map(part).distinct().toList();
  }

  /** Whether a quantity is known of any cell. */
  boolean has(Quantity quantity) {
    return all.stream().anyMatch(result -> result.values().containsKey(quantity));
  }

  /** Whether a quantity is known of any image. */
  boolean has(Quantity quantity, String operator, String method) {
    return statistics(quantity, operator, method).getN() > 0;
  }

  /** The numbers of samples of those methods of which a quantity is known, in ascending order. */
  List<Integer> counts(Quantity quantity, SampleCounts counts) {
    return all.stream()
        .filter(result -> result.values().containsKey(quantity))
        .map(result -> counts.of(result.cell().method()))
        .distinct()
        .sorted()
        .toList();
  }

  /** The cells of all images. */
  List<CellResult> of(String operator, String method) {
    return all.stream()
        .filter(result -> result.cell().operator().equals(operator))
        .filter(result -> result.cell().method().equals(method))
        .toList();
  }

  /** A quantity over the images of which it is known; there may be none. */
  SummaryStatistics statistics(Quantity quantity, String operator, String method) {
    SummaryStatistics statistics = new SummaryStatistics();
    of(operator, method).stream()
        .map(result -> result.values().get(quantity))
        .filter(Objects::nonNull)
        .forEach(statistics::addValue);
    return statistics;
  }

  /** The standard error of a mean, s / sqrt(n). */
  static double standardError(SummaryStatistics statistics) {
    return statistics.getStandardDeviation() / Math.sqrt(statistics.getN());
  }
}
