package io.github.posteriorj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntensityScaleTest {

  private static final IntensityScale SCALE = new IntensityScale(100, 4100, -1, 1);

  @Test
  void theEndsAreMappedToTheEndsAndValuesBeyondAreNotClipped() {
    float[] intensities = {100, 4100, 2100, 0, 8100};
    float[] values = {-1, 1, 0, -1.05f, 3};
    assertArrayEquals(intensities, SCALE.toIntensity(values), 1e-3f);
    assertEquals(2100, SCALE.offset());
  }

  @Test
  void aVarianceGrowsByTheSquareOfTheSlopeAndIsNotShifted() {
    assertEquals(2000, SCALE.slope());
    assertArrayEquals(
        new float[] {0, 4e6f, 1e6f}, SCALE.toIntensityVariance(new float[] {0, 1, 0.25f}));
  }

  @Test
  void theInputIsNotChanged() {
    float[] values = {-1, 0.5f};
    SCALE.toIntensity(values);
    SCALE.toIntensityVariance(values);
    assertArrayEquals(new float[] {-1, 0.5f}, values);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, -1, 1, intensity range",
    "5, 4, -1, 1, intensity range",
    "NaN, 4, -1, 1, intensity range",
    "0, Infinity, -1, 1, intensity range",
    "-1e308, 1.5e308, -1, 1, intensity range", // their difference overflows
    "0, 1, 1, 1, model's range",
    "0, 1, 1, -1, model's range",
    "0, 1, -Infinity, 1, model's range",
  })
  void anEmptyReversedOrInfiniteRangeIsNamed(
      double black, double white, double low, double high, String name) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new IntensityScale(black, white, low, high))
            .getMessage();
    assertTrue(message.contains(name), message);
  }
}
