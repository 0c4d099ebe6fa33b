package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankedProbabilityScoreTest {

  private static final int REPETITIONS = 20_000;
  private static final double STANDARD_ERRORS = 4;

  /** Gneiting and Raftery 2007, equation 5 of section 4.2 (with the sign of a loss). */
  private static double normalScore(double mean, double deviation, double truth) {
    NormalDistribution normal = new NormalDistribution();
    double w = (truth - mean) / deviation;
    return deviation
        * (w * (2 * normal.cumulativeProbability(w) - 1)
            + 2 * normal.density(w)
            - 1 / Math.sqrt(Math.PI));
  }

  private static double[] draws(RandomStream random, int count, double mean, double deviation) {
    double[] draws = new double[count];
    for (int i = 0; i < count; i++) {
      draws[i] = mean + deviation * random.gaussian();
    }
    return draws;
  }

  @ParameterizedTest
  @CsvSource({"2, 0, 1, 0.3", "5, 2, 0.5, 1.5", "20, -1, 3, 4", "20, 0, 1, 0"})
  void isUnbiasedForNormalSamplesOfAnyNumber(
      int samples, double mean, double deviation, double truth) {
    RandomStream random = RandomStream.of(4, samples);
    SummaryStatistics scores = new SummaryStatistics();
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      scores.addValue(RankedProbabilityScore.of(draws(random, samples, mean, deviation), truth));
    }
    double standardError = scores.getStandardDeviation() / Math.sqrt(REPETITIONS);
    assertEquals(
        normalScore(mean, deviation, truth), scores.getMean(), STANDARD_ERRORS * standardError);
    // The version that divides by m^2 would be larger by E|x - x'| / (2 m).
    double unfair = deviation / Math.sqrt(Math.PI) / samples;
    assertTrue(unfair > 2 * STANDARD_ERRORS * standardError, "the bounds are too wide");
  }

  @Test
  void tooNarrowAndTooWideSpreadsScoreWorseThanTheRightOne() {
    double right = meanScore(1);
    assertTrue(meanScore(0.5) > 1.05 * right);
    assertTrue(meanScore(2) > 1.05 * right);
  }

  private static double meanScore(double deviation) {
    RandomStream random = RandomStream.of(8, 0);
    float[][] samples = new float[10][REPETITIONS];
    for (float[] sample : samples) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (float) (deviation * random.gaussian());
      }
    }
    return RankedProbabilityScore.mean(samples, random.gaussian(REPETITIONS));
  }

  @Test
  void twoSamplesByHand() {
    // mean(|1 - 2|, |4 - 2|) - |4 - 1| / 2
    assertEquals(1.5 - 1.5, RankedProbabilityScore.of(new double[] {4, 1}, 2), 1e-15);
  }
}
