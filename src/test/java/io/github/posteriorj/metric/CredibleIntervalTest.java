package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredibleIntervalTest {

  private static final int REPETITIONS = 40_000;
  private static final double STANDARD_ERRORS = 4;

  private interface Interval {
    CredibleInterval of(double[] sorted);
  }

  /** The share of truths inside, truth and samples being independent and alike. */
  private static double coverage(int samples, DoubleUnaryOperator shape, Interval interval) {
    RandomStream random = RandomStream.of(17, samples);
    int covered = 0;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      double truth = shape.applyAsDouble(random.gaussian());
      double[] draws = new double[samples];
      for (int i = 0; i < samples; i++) {
        draws[i] = shape.applyAsDouble(random.gaussian());
      }
      Arrays.sort(draws);
      covered += interval.of(draws).contains(truth) ? 1 : 0;
    }
    return covered / (double) REPETITIONS;
  }

  private static double standardError(double share) {
    return Math.sqrt(share * (1 - share) / REPETITIONS);
  }

  @ParameterizedTest
  @CsvSource({"39, 0.5", "39, 0.8", "39, 0.9", "39, 0.95", "19, 0.9", "16, 0.9", "2, 0.8"})
  void exchangeableSamplesCoverAsExpectedWhateverTheirDistribution(int samples, double level) {
    double expected = CredibleInterval.expectedCoverage(samples, level);
    for (DoubleUnaryOperator shape : new DoubleUnaryOperator[] {x -> x, x -> Math.exp(2 * x)}) {
      assertEquals(
          expected,
          coverage(samples, shape, sorted -> CredibleInterval.central(sorted, level)),
          STANDARD_ERRORS * standardError(expected));
    }
  }

  @Test
  void theCheckSeesTheUsualQuantiles() {
    Percentile usual = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
    double found =
        coverage(
            16,
            x -> x,
            sorted -> new CredibleInterval(usual.evaluate(sorted, 5), usual.evaluate(sorted, 95)));
    assertTrue(found < 0.882 - 10 * standardError(0.882), "coverage " + found);
    // As the javadoc says: (m - 1) / (m + 1) times the level, in a uniform distribution.
    assertEquals(0.794, found, 0.02);
  }

  @Test
  void betweenOrderStatisticsTheLevelIsKeptToAFewThousandths() {
    assertEquals(
        0.5,
        coverage(16, x -> x, sorted -> CredibleInterval.central(sorted, 0.5)),
        0.005 + STANDARD_ERRORS * standardError(0.5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8, 0.87})
  void theEndsAreQuantilesOfType6(double level) {
    double[] samples = {1, 2, 4, 8, 16, 32, 64, 65, 66, 70, 71, 72, 80, 90, 92, 95};
    Percentile type6 = new Percentile().withEstimationType(Percentile.EstimationType.R_6);
    CredibleInterval interval = CredibleInterval.central(samples, level);
    assertEquals(type6.evaluate(samples, 50 - 50 * level), interval.low(), 1e-12 * 95);
    assertEquals(type6.evaluate(samples, 50 + 50 * level), interval.high(), 1e-12 * 95);
    assertEquals(interval.high() - interval.low(), interval.width());
  }

  @Test
  void levelsBeyondTheSamplesGiveTheirRange() {
    CredibleInterval interval = CredibleInterval.central(new double[] {1, 2, 4}, 0.99);
    assertEquals(new CredibleInterval(1, 4), interval);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 90, Double.NaN})
  void refusesLevelsThatAreNone(double level) {
    String expected =
        "The level of a credible interval must lie between 0 and 1, not " + level + ".";
    assertEquals(
        expected,
        assertThrows(
                IllegalArgumentException.class,
                () -> CredibleInterval.central(new double[] {1, 2}, level))
            .getMessage());
    assertEquals(
        expected,
        assertThrows(
                IllegalArgumentException.class, () -> CredibleInterval.expectedCoverage(9, level))
            .getMessage());
  }

  @Test
  void coverageOfAnImageCountsAndAveragesItsPixels() {
    float[][] samples = {{0, 0, 10}, {1, 2, 20}, {2, 4, 30}};
    Coverage found = Coverage.of(samples, new float[] {1.5f, 9, 20}, 0.5);
    // Type 6 quantiles of three samples at 25 and 75 %: the first and the last.
    assertEquals(new Coverage(0.5, 0.5, 2 / 3.0, (2 + 4 + 20) / 3.0), found);
  }

  @Test
  void refusesSamplesThatDoNotFit() {
    assertEquals(
        "A spread needs 2 samples or more, not 1.",
        assertThrows(
                IllegalArgumentException.class,
                () -> Coverage.of(new float[1][3], new float[3], 0.5))
            .getMessage());
    assertEquals(
        "The samples and the truth differ in size.",
        assertThrows(
                IllegalArgumentException.class,
                () -> Coverage.of(new float[2][3], new float[4], 0.5))
            .getMessage());
  }
}
