package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;

/** The correlation of a chain's samples, where it is known. */
class ChainLikenessTest {

  private static final int CHAINS = 50;
  private static final int EACH = 4;
  private static final int NUMBERS = 64;

  private static double correlation(double share) {
    RandomStream random = RandomStream.of(3, 0);
    ChainLikeness likeness = new ChainLikeness();
    for (int chain = 0; chain < CHAINS; chain++) {
      float[] own = random.gaussian(NUMBERS);
      for (int sample = 0; sample < EACH; sample++) {
        double[] numbers = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
          numbers[i] = Math.sqrt(share) * own[i] + Math.sqrt(1 - share) * random.gaussian();
        }
        likeness.add(chain, numbers);
      }
    }
    return likeness.correlation().orElseThrow();
  }

  @Test
  void itIsTheShareOfTheVarianceThatChainsDifferBy() {
    for (double share : new double[] {0, 0.3, 0.8}) {
      // Donner and Koval 1980, equation 3.1, for as many independent numbers.
      double error =
          Math.sqrt(2.0 / (EACH * (EACH - 1.0) * (CHAINS - 1) * NUMBERS))
              * (1 - share)
              * (1 + (EACH - 1) * share);
      assertEquals(share, correlation(share), 4 * error);
    }
  }

  @Test
  void oneSampleAChainTellsNothing() {
    ChainLikeness likeness = new ChainLikeness();
    likeness.add(0, new double[] {1});
    likeness.add(1, new double[] {2});
    assertTrue(likeness.correlation().isEmpty());
  }
}
