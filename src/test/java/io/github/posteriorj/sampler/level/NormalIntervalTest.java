package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masses and quantiles of a normal distribution between limits, however far out these are. */
class NormalIntervalTest {

  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  @ParameterizedTest
  @CsvSource({"-1, 2", "0.5, 0.6", "-3, Infinity", "-Infinity, 1.5", "2, 6", "-9, -1", "-8.5, 4"})
  void theMassIsThatOfTheDistribution(double from, double to) {
    double mass = NORMAL.cumulativeProbability(to) - NORMAL.cumulativeProbability(from);
    assertEquals(Math.log(mass), new NormalInterval(from, to).logMass(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0.5, 0.6", "-3, Infinity", "-Infinity, 1.5", "2, 6", "-6, -1", "-8.5, 4"})
  void theQuantileHasTheShareOfTheMassBelowIt(double from, double to) {
    NormalInterval interval = new NormalInterval(from, to);
    for (double normal = -3; normal <= 3; normal += 0.5) {
      double below = new NormalInterval(from, interval.quantile(normal)).logMass();
      double share = Math.exp(below - interval.logMass());
      assertEquals(NORMAL.cumulativeProbability(normal), share, 1e-6, "at " + normal);
    }
  }

  /** ln Q(10) and ln Q(40) as tables give them, to what the exponential leaves out. */
  @Test
  void tailsHaveAMassToo() {
    assertEquals(-53.2313, new NormalInterval(10, NONE).logMass(), 0.02);
    assertEquals(-53.2313, new NormalInterval(-NONE, -10).logMass(), 0.02);
    assertEquals(-804.6084, new NormalInterval(40, NONE).logMass(), 0.002);
    assertEquals(Double.NEGATIVE_INFINITY, new NormalInterval(3, 3).logMass());
  }

  @Test
  void quantilesOfTailsLieNearTheLimit() {
    // The median of what exceeds 20 is 0.0346 above it, ln 2 / 20.
    assertEquals(20.0346, new NormalInterval(20, NONE).quantile(0), 1e-3);
    assertEquals(-20.0346, new NormalInterval(-NONE, -20).quantile(0), 1e-3);
    assertTrue(new NormalInterval(20, 20.01).quantile(4) <= 20.01);
    assertEquals(1.25, new NormalInterval(-NONE, NONE).quantile(1.25));
  }

  @Test
  void nothingJumpsWhereTheTailBegins() {
    NormalInterval before = new NormalInterval(6.9999, NONE);
    NormalInterval after = new NormalInterval(7.0001, NONE);
    assertEquals(before.logMass(), after.logMass(), 0.025);
    for (double normal = -2; normal <= 2; normal++) {
      double beyond = before.quantile(normal) - before.from();
      assertEquals(beyond, after.quantile(normal) - after.from(), 0.06 * beyond);
    }
  }
}
