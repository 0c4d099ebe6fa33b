package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masses and quantiles of a normal distribution between limits, however far out these are. */
class TruncatedNormalTest {

  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  @ParameterizedTest
  @CsvSource({"-1, 2", "0.5, 0.6", "-3, Infinity", "-Infinity, 1.5", "2, 6", "-9, -1", "-8.5, 4"})
  void theMassIsThatOfTheDistribution(double from, double to) {
    double mass = NORMAL.cumulativeProbability(to) - NORMAL.cumulativeProbability(from);
    assertEquals(Math.log(mass), new TruncatedNormal(from, to).logMass(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0.5, 0.6", "-3, Infinity", "-Infinity, 1.5", "2, 6", "-6, -1", "-8.5, 4"})
  void theQuantileHasTheShareOfTheMassBelowIt(double from, double to) {
    TruncatedNormal interval = new TruncatedNormal(from, to);
    for (double normal = -3; normal <= 3; normal += 0.5) {
      double below = new TruncatedNormal(from, interval.quantile(normal)).logMass();
      double share = Math.exp(below - interval.logMass());
      assertEquals(NORMAL.cumulativeProbability(normal), share, 1e-6, "at " + normal);
    }
  }

  /** ln Q(z), by its continued fraction; the approximation of the tail is right to 4 %. */
  @ParameterizedTest
  @CsvSource({"5.5, -17.7795", "7, -27.3843", "10, -53.2313", "40, -804.6084"})
  void tailsHaveAMassToo(double z, double logMass) {
    assertEquals(logMass, new TruncatedNormal(z, NONE).logMass(), 0.035);
    assertEquals(logMass, new TruncatedNormal(-NONE, -z).logMass(), 0.035);
  }

  @Test
  void nothingLiesBetweenEqualLimits() {
    assertEquals(Double.NEGATIVE_INFINITY, new TruncatedNormal(3, 3).logMass());
  }

  @Test
  void quantilesOfTailsLieNearTheLimit() {
    // The median of what exceeds 20 is 0.0346 above it, ln 2 / 20.
    assertEquals(20.0346, new TruncatedNormal(20, NONE).quantile(0), 1e-3);
    assertEquals(-20.0346, new TruncatedNormal(-NONE, -20).quantile(0), 1e-3);
    assertTrue(new TruncatedNormal(20, 20.01).quantile(4) <= 20.01);
    assertEquals(1.25, new TruncatedNormal(-NONE, NONE).quantile(1.25));
  }

  /** As far out as a stream of random numbers ever gets. */
  @ParameterizedTest
  @ValueSource(doubles = {-7.99, -3, 0, 4, 4.99, 5.01, 6.5, 6.99, 7.5, 30})
  void noQuantileIsInfiniteAndNoneFalls(double from) {
    TruncatedNormal tail = new TruncatedNormal(from, NONE);
    double before = from;
    for (double normal = -8.5; normal <= 8.5; normal += 0.1) {
      double quantile = tail.quantile(normal);
      assertTrue(quantile >= before - 1e-12, "at " + normal);
      assertTrue(quantile < Math.max(from, 0) + 10, "at " + normal + ": " + quantile);
      before = quantile;
    }
  }

  @Test
  void nothingJumpsWhereTheTailBegins() {
    TruncatedNormal before = new TruncatedNormal(4.9999, NONE);
    TruncatedNormal after = new TruncatedNormal(5.0001, NONE);
    assertEquals(before.logMass(), after.logMass(), 0.045);
    for (double normal = -2; normal <= 2; normal++) {
      double beyond = before.quantile(normal) - before.from();
      assertEquals(beyond, after.quantile(normal) - after.from(), 0.06 * beyond);
    }
  }
}
