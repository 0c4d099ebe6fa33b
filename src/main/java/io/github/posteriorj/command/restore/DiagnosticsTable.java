package io.github.posteriorj.command.restore;

import ij.measure.ResultsTable;
import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.job.PlaneReport;
import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.SamplingDiagnostics;
import java.util.List;
import java.util.Map;

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
    ResultsTable table = beginningWith(summary.warnings());
    Map<String, Object> facts = summary.report().facts();
    for (SamplingDiagnostics.Row row : summary.diagnostics().rows()) {
      ChainDiagnostics diagnostics = row.diagnostics();
      table.incrementCounter();
      table.addLabel(row.name());
      table.addValue("R-hat", diagnostics.rHat());
      table.addValue("ESS bulk", diagnostics.bulkSampleSize());
      table.addValue("ESS tail", diagnostics.tailSampleSize());
      table.addValue("MCSE of the mean", diagnostics.meanError());
      facts.forEach(
          (name, value) -> {
            if (value instanceof Double number) {
              table.addValue(name, number);
            }
          });
      table.addValue("Gradients", summary.report().gradients());
    }
    if (table.columnExists("Step size")) {
      table.setDecimalPlaces(table.getColumnIndex("Step size"), SCIENTIFIC);
    }
    table.show(title);
  }

  /** Shows what there is to tell of several planes, one row each. */
  static void show(String title, List<PlaneReport> planes) {
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
      table.addValue("R-hat", plane.rHat());
      table.addValue("ESS bulk", plane.effectiveSamples());
      table.addValue("Misfit", plane.misfit());
      table.addValue("Seconds", plane.seconds());
    }
    table.show(title);
  }
}
