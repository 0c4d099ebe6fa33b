package io.github.posteriorj.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the diagnostics say of chains of known quality. */
class ChainDiagnosticsTest {

  private static final int CHAINS = 4;
  private static final double STANDARD_ERRORS = 4;

  /** Chains of a stationary Gaussian AR(1) process of variance 1. */
  private static double[][] autoregressive(double correlation, int draws, long seed) {
    double[][] chains = new double[CHAINS][draws];
    double innovation = Math.sqrt(1 - correlation * correlation);
    for (int chain = 0; chain < CHAINS; chain++) {
      RandomStream random = RandomStream.of(seed, chain);
      double state = random.gaussian();
      for (int draw = 0; draw < draws; draw++) {
        state = correlation * state + innovation * random.gaussian();
        chains[chain][draw] = state;
      }
    }
    return chains;
  }

  private static double[][] independent(int draws, long seed) {
    return autoregressive(0, draws, seed);
  }

  /**
   * The mean of n draws of an AR(1) process has the variance (1 + c) / (1 - c) / n, up to a term of
   * order 1 / n^2 (here below 1 %).
   */
  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 0.5, 0.9})
  void anAutoregressiveProcessHasItsAnalyticSampleSizeAndStandardError(double correlation) {
    int draws = 4000;
    int repetitions = 100;
    double analytic = CHAINS * draws * (1 - correlation) / (1 + correlation);
    Moments bulk = new Moments();
    Moments errors = new Moments();
    Moments means = new Moments();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      double[][] chains = autoregressive(correlation, draws, 100 + repetition);
      ChainDiagnostics found = ChainDiagnostics.of(chains);
      bulk.add(found.bulkSampleSize() / analytic);
      errors.add(found.meanError());
      means.add(
          Arrays.stream(chains).flatMapToDouble(Arrays::stream).sum() / (CHAINS * (double) draws));
    }
    double standardError = Math.sqrt(bulk.variance() / repetitions);
    assertEquals(1, bulk.mean(), STANDARD_ERRORS * standardError, "bulk ESS / analytic");
    // The standard deviation of R normal numbers has a relative standard error of 1 / sqrt(2 R).
    double actual = Math.sqrt(means.variance());
    assertEquals(
        1,
        errors.mean() / actual,
        STANDARD_ERRORS / Math.sqrt(2.0 * repetitions),
        "standard error / actual");
  }

  @Test
  void independentChainsAreGood() {
    ChainDiagnostics found = ChainDiagnostics.of(independent(1000, 1));
    assertEquals(1, found.rHat(), 0.01);
    assertTrue(found.bulkSampleSize() > 0.8 * 4000, found::toString);
    assertTrue(found.tailSampleSize() > 0.8 * 4000, found::toString);
  }

  @Test
  void chainsAtDifferentPlacesAreSeen() {
    double[][] chains = independent(1000, 1);
    chains[3] = Arrays.stream(chains[3]).map(draw -> draw + 1.5).toArray();
    ChainDiagnostics found = ChainDiagnostics.of(chains);
    assertTrue(found.rHat() > 1.1, found::toString);
    assertTrue(found.bulkSampleSize() < 50, found::toString);
  }

  @Test
  void chainsOfDifferentWidthAreSeenByFolding() {
    double[][] chains = independent(1000, 1);
    chains[3] = Arrays.stream(chains[3]).map(draw -> 5 * draw).toArray();
    assertTrue(ChainDiagnostics.of(chains).rHat() > 1.1);
    // Their places agree: without folding nothing would be seen.
    SplitChains split = SplitChains.of(chains);
    SplitChains scores = new NormalScores(split.total()).of(split);
    assertTrue(EffectiveSampleSize.of(scores) > 0.8 * 4000);
  }

  @Test
  void aDriftInAllChainsAlikeIsSeenBySplitting() {
    double[][] chains = independent(1000, 1);
    for (double[] chain : chains) {
      for (int draw = 0; draw < chain.length; draw++) {
        chain[draw] += 3.0 * draw / chain.length;
      }
    }
    assertTrue(ChainDiagnostics.of(chains).rHat() > 1.1);
  }

  @Test
  void chainsThatStandStillAtDifferentPlacesNeverAgree() {
    double[][] chains = new double[CHAINS][100];
    IntStream.range(0, CHAINS).forEach(chain -> Arrays.fill(chains[chain], chain));
    ChainDiagnostics found = ChainDiagnostics.of(chains);
    assertEquals(Double.POSITIVE_INFINITY, found.rHat());
    assertTrue(found.bulkSampleSize() < 2 * CHAINS, found::toString);
  }

  @Test
  void oneStuckChainIsSeen() {
    double[][] chains = independent(1000, 1);
    Arrays.fill(chains[2], 0.7);
    ChainDiagnostics found = ChainDiagnostics.of(chains);
    assertTrue(found.rHat() > 1.05, found::toString);
    assertTrue(found.bulkSampleSize() < 1000, found::toString);
  }

  @Test
  void whatCannotBeJudgedIsNotANumber() {
    double[][] constant = new double[CHAINS][100];
    double[][] infinite = independent(100, 1);
    infinite[1][7] = Double.POSITIVE_INFINITY;
    for (double[][] chains : new double[][][] {constant, infinite, independent(3, 1)}) {
      ChainDiagnostics found = ChainDiagnostics.of(chains);
      assertTrue(Double.isNaN(found.rHat()));
      assertTrue(Double.isNaN(found.bulkSampleSize()));
      assertTrue(Double.isNaN(found.tailSampleSize()));
      assertTrue(Double.isNaN(found.meanError()));
    }
    assertTrue(Double.isFinite(ChainDiagnostics.of(independent(4, 1)).bulkSampleSize()));
  }

  @Test
  void theBulkSampleSizeIsThatOfTheRanksAlone() {
    double[][] chains = autoregressive(0.5, 500, 1);
    double[][] exponentials =
        Arrays.stream(chains)
            .map(chain -> Arrays.stream(chain).map(Math::exp).toArray())
            .toArray(double[][]::new);
    ChainDiagnostics plain = ChainDiagnostics.of(chains);
    ChainDiagnostics mapped = ChainDiagnostics.of(exponentials);
    assertEquals(plain.bulkSampleSize(), mapped.bulkSampleSize(), 1e-9 * 2000);
    assertEquals(plain.tailSampleSize(), mapped.tailSampleSize(), 1e-9 * 2000);
  }

  @Test
  void zeroAndNegativeZeroAreEqual() {
    double[][] zeros = autoregressive(0.5, 100, 1);
    for (double[] chain : zeros) {
      for (int draw = 0; draw < chain.length; draw++) {
        chain[draw] = Math.max(0, chain[draw]);
      }
    }
    double[][] mixed = Arrays.stream(zeros).map(double[]::clone).toArray(double[][]::new);
    for (int draw = 0; draw < 100; draw += 2) {
      mixed[1][draw] = mixed[1][draw] == 0 ? -0.0 : mixed[1][draw];
    }
    assertEquals(ChainDiagnostics.of(zeros), ChainDiagnostics.of(mixed));
  }

  @Test
  void refusesNoChainsAndUnequalChains() {
    assertEquals(
        "There are no chains to diagnose.",
        assertThrows(IllegalArgumentException.class, () -> ChainDiagnostics.of(new double[0][]))
            .getMessage());
    assertEquals(
        "Chains must have equally many draws, but one has 5 and another has 6.",
        assertThrows(
                IllegalArgumentException.class,
                () -> ChainDiagnostics.of(new double[][] {new double[5], new double[6]}))
            .getMessage());
  }

  @Test
  void everyPixelHasTheDiagnosticsOfItsDraws() {
    int pixels = 50;
    float[][][] images = new float[CHAINS][20][];
    for (int chain = 0; chain < CHAINS; chain++) {
      RandomStream random = RandomStream.of(3, chain);
      for (int draw = 0; draw < 20; draw++) {
        images[chain][draw] = random.gaussian(pixels);
        images[chain][draw][0] = 1;
        images[chain][draw][1] += chain;
      }
    }
    PixelDiagnostics found = PixelDiagnostics.of(images);
    assertTrue(Float.isNaN(found.rHat()[0]));
    assertTrue(found.rHat()[1] > 1.1);
    for (int pixel = 0; pixel < pixels; pixel++) {
      int i = pixel;
      double[][] draws =
          Arrays.stream(images)
              .map(chain -> Arrays.stream(chain).mapToDouble(image -> image[i]).toArray())
              .toArray(double[][]::new);
      ChainDiagnostics expected = ChainDiagnostics.of(draws);
      assertEquals((float) expected.rHat(), found.rHat()[i]);
      assertEquals((float) expected.bulkSampleSize(), found.bulkSampleSize()[i]);
      assertEquals((float) expected.tailSampleSize(), found.tailSampleSize()[i]);
      assertEquals((float) expected.meanError(), found.meanError()[i]);
    }
  }
}
