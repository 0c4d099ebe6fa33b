package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Streams of random numbers: the same for ever, and the same from any position on. */
class RandomStreamTest {

  @Test
  void aSeedGivesTheSameNumbersInEveryVersion() {
    RandomStream random = RandomStream.of(7, 3);
    double sum = 0;
    for (int i = 0; i < 1_000_000; i++) {
      sum += random.gaussian() * (i % 7);
    }
    assertEquals(2277.9366278297634, sum);
    assertEquals(0.7605669370475975, random.uniform());
    assertEquals(1, random.poisson(3));
    assertEquals(311, random.poisson(300));
    assertEquals(-0.45985652568507773, random.gaussian());
  }

  /** The rare numbers of the normal distribution's tail take more than one draw. */
  @Test
  void aStreamGoesOnFromAnyPosition() {
    RandomStream random = RandomStream.of(7, 3);
    random.gaussian(100_000);
    random.poisson(300);
    random.uniform();
    RandomStream again = RandomStream.at(random.position(), 7, 3);
    assertArrayEquals(random.gaussian(1000), again.gaussian(1000));
    assertEquals(random.position(), again.position());
  }
}
