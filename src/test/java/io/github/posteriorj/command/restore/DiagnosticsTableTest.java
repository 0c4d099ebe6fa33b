package io.github.posteriorj.command.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.measure.ResultsTable;
import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.PlaneReport;
import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.SamplingDiagnostics;
import io.github.posteriorj.solver.SolverReport;
import io.github.posteriorj.tensor.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosticsTableTest {

  private static final int CHAINS = 8;

  private static PosteriorSummary summary(int samplesOfEach, Optional<Integer> chains) {
    double[][] draws =
        IntStream.range(0, CHAINS)
            .mapToObj(chain -> RandomStream.of(chain, 0).gaussian(samplesOfEach))
            .map(chain -> IntStream.range(0, chain.length).mapToDouble(i -> chain[i]).toArray())
            .toArray(double[][]::new);
    ChainDiagnostics scalar = ChainDiagnostics.of(draws);
    float[][][] pixels =
        IntStream.range(0, CHAINS)
            .mapToObj(
                chain ->
                    IntStream.range(0, samplesOfEach)
                        .mapToObj(sample -> RandomStream.of(chain, sample).gaussian(5))
                        .toArray(float[][]::new))
            .toArray(float[][][]::new);
    return new PosteriorSummary(
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        1,
        List.of(),
        new SolverReport(
            0, 90, chains, OptionalDouble.of(CHAINS), Map.of("Step size", 0.2), List.of()),
        new SamplingDiagnostics(
            samplesOfEach, scalar, scalar, scalar, PixelDiagnostics.of(pixels)));
  }

  @Test
  void chainsThatAreLongEnoughAreJudged() {
    ResultsTable table = DiagnosticsTable.of(summary(4, Optional.of(CHAINS)));
    assertEquals("pixels, worst", table.getLabel(table.size() - 1));
    for (int row = table.size() - 5; row < table.size(); row++) {
      assertTrue(table.getValue("R-hat", row) > 0.9, table.getLabel(row));
      assertEquals(0.2, table.getValue("Step size", row));
    }
  }

  @Test
  void chainsOfOneSampleHaveNoColumnsOfNothing() {
    ResultsTable table = DiagnosticsTable.of(summary(1, Optional.of(CHAINS)));
    assertEquals(1, table.size());
    assertEquals("No R-hat: that needs 4 samples of each chain, not 1", table.getLabel(0));
    assertEquals("Label\tStep size\tGradients", table.getColumnHeadings().strip());
    assertEquals(0.2, table.getValue("Step size", 0));
  }

  @Test
  void samplesThatWereDrawnOneByOneAreNoChains() {
    ResultsTable table = DiagnosticsTable.of(summary(1, Optional.empty()));
    assertEquals("No R-hat: there are no chains to compare", table.getLabel(0));
  }

  private static PlaneReport report(double rHat) {
    return new PlaneReport(
        new Place(1, 1, 1), 3, Optional.of(8), Optional.of(8), "noise", 1, rHat, 8, List.of());
  }

  @Test
  void planesHaveTheColumnsThatAreKnownOfOneAtLeast() {
    assertFalse(
        DiagnosticsTable.of(List.of(report(Double.NaN), report(Double.NaN))).columnExists("R-hat"));
    ResultsTable table = DiagnosticsTable.of(List.of(report(1.02), report(Double.NaN)));
    assertEquals(1.02, table.getValue("R-hat", 0));
    assertTrue(Double.isNaN(table.getValue("R-hat", 1)));
    assertEquals(8, table.getValue("ESS bulk", 1));
  }
}
