package io.github.posteriorj.imagej;

import ij.measure.ResultsTable;
import io.github.posteriorj.ensemble.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A line of the Results table with estimates from samples.
 *
 * @param table the table
 * @param level of the credible intervals, between 0 and 1
 */
public record EstimateRow(ResultsTable table, double level) {

  private static final int DECIMALS = 3;

  /** Begins a line of the Results table. */
  public static EstimateRow begin(String label, double level) {
    ResultsTable table = ResultsTable.getResultsTable();
    table.setPrecision(DECIMALS);
    table.incrementCounter();
    table.addLabel(label);
    return new EstimateRow(table, level);
  }

  /** A number that is no estimate, such as a channel. */
  public EstimateRow with(String column, double value) {
    table.addValue(column, value);
    return this;
  }

  /** A text. */
  public EstimateRow with(String column, String value) {
    table.addValue(column, value);
    return this;
  }

  /**
   * Mean, standard deviation and the ends of the credible interval.
   *
   * @param prefix what the columns' names begin with, such as {@code "Ratio "}; may be empty
   */
  public EstimateRow with(String prefix, double[] values) {
    Estimate estimate = Estimate.of(values, level);
    table.addValue(prefix + "Mean", estimate.mean());
    table.addValue(prefix + "StdDev", estimate.deviation());
    table.addValue(prefix + end((1 - level) / 2), estimate.interval().low());
    table.addValue(prefix + end((1 + level) / 2), estimate.interval().high());
    return this;
  }

  /** The quantile that an end of the interval is, such as "2.5 %". */
  private static String end(double probability) {
    return new BigDecimal(100 * probability)
            .round(new MathContext(DECIMALS))
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  /** Shows the Results table. */
  public static void show() {
    ResultsTable.getResultsTable().show("Results");
  }
}
