package io.github.posteriorj.command.restore;

import ij.measure.ResultsTable;
import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.job.PlaneReport;
import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.SamplingDiagnostics;
import io.github.posteriorj.solver.SolverReport;
import java.util.List;

/** The table that says whether samples can be trusted: warnings first, then one row a quantity. */
final class DiagnosticsTable {

  private static final int DECIMALS = 3;

  /** ImageJ's sign for three digits and an exponent. */
  private static final int SCIENTIFIC = -3;

  private DiagnosticsTable() {}

  /** A row for each warning: its first sentence, which says what is wrong. */
  private static ResultsTable beginningWith(List<String> warnings) {
    ResultsTable table = new ResultsTable();
    table.setPrecision(DECIMALS);
    table.setNaNEmptyCells(true);
    for (String warning : warnings) {
      table.incrementCounter();
      table.addLabel(Warning.inShort(warning));
    }
    return table;
  }

  /** Shows the diagnostics; a table of the same title is replaced. */
  static void show(String title, PosteriorSummary summary) {
    of(summary).show(title);
  }

  /** The diagnostics of one plane: a row a quantity, or one that says why none is judged. */
  static ResultsTable of(PosteriorSummary summary) {
    ResultsTable table = beginningWith(summary.warnings());
    List<SamplingDiagnostics.Row> rows = summary.diagnostics().judgedRows();
    for (SamplingDiagnostics.Row row : rows) {
      ChainDiagnostics diagnostics = row.diagnostics();
      table.incrementCounter();
      table.addLabel(row.name());
      table.addValue("R-hat", diagnostics.rHat());
      table.addValue("ESS bulk", diagnostics.bulkSampleSize());
      table.addValue("ESS tail", diagnostics.tailSampleSize());
      table.addValue("MCSE of the mean", diagnostics.meanError());
      addRun(table, summary.report());
    }
    if (rows.isEmpty()) {
      table.incrementCounter();
      table.addLabel(whyNoneIsJudged(summary));
      addRun(table, summary.report());
    }
    if (table.columnExists("Step size")) {
      table.setDecimalPlaces(table.getColumnIndex("Step size"), SCIENTIFIC);
    }
    return table;
  }

  private static String whyNoneIsJudged(PosteriorSummary summary) {
    return summary.report().chains().isEmpty()
        ? "No R-hat: there are no chains to compare"
        : "No R-hat: that needs %d samples of each chain, not %d"
            .formatted(
                SamplingDiagnostics.FEWEST_SAMPLES_PER_CHAIN,
                summary.diagnostics().samplesPerChain());
  }

  private static void addRun(ResultsTable table, SolverReport report) {
    report
        .facts()
        .forEach(
            (name, value) -> {
              if (value instanceof Double number) {
                table.addValue(name, number);
              }
            });
    table.addValue("Gradients", report.gradients());
  }

  /** Shows what there is to tell of several planes, one row each. */
  static void show(String title, List<PlaneReport> planes) {
    of(planes).show(title);
  }

  /** What there is to tell of several planes; what is known of none has no column. */
  static ResultsTable of(List<PlaneReport> planes) {
    ResultsTable table =
        beginningWith(
            planes.stream()
                .flatMap(
                    plane ->
                        plane.warnings().stream().map(warning -> plane.place() + ": " + warning))
                .toList());
    for (PlaneReport plane : planes) {
      table.incrementCounter();
      table.addLabel(plane.place().toString());
      addIfKnown(table, "R-hat", plane.rHat());
      addIfKnown(table, "ESS bulk", plane.effectiveSamples());
      table.addValue("Misfit", plane.misfit());
      table.addValue("Seconds", plane.seconds());
    }
    return table;
  }

  private static void addIfKnown(ResultsTable table, String column, double value) {
    if (!Double.isNaN(value)) {
      table.addValue(column, value);
    }
  }
}
