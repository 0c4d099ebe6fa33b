package io.github.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalityTest {

  @ParameterizedTest
  @CsvSource({"0, 8, 0", "1, 8, 8", "8, 8, 8", "123, 8, 128", "5, 1, 5"})
  void theHaloIsTheNextMultipleOfTheStride(int reach, int stride, int halo) {
    assertEquals(halo, new Locality(reach, stride).halo());
  }

  @Test
  void mapsOneAfterAnotherLookAsFarAsAllOfThem() {
    assertEquals(new Locality(15, 8), new Locality(5, 8).repeated(3));
  }

  @ParameterizedTest
  @CsvSource({"-1, 8", "3, 0"})
  void numbersThatCannotBeAreRefused(int reach, int stride) {
    assertThrows(IllegalArgumentException.class, () -> new Locality(reach, stride));
  }
}
