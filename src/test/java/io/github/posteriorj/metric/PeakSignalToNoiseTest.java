package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PeakSignalToNoiseTest {

  private static final float[] TRUTH = {100, 200, 300, 200};

  @Test
  void theErrorIsMeasuredAgainstTheRangeOfTheTruth() {
    // Range 200, squared errors 20^2 at each pixel: 10 log10(200^2 / 20^2) = 20.
    assertEquals(20, PeakSignalToNoise.of(new float[] {120, 180, 320, 180}, TRUTH), 1e-12);
    // One error of 20 among four pixels: a quarter of the mean square.
    assertEquals(
        20 + 10 * Math.log10(4),
        PeakSignalToNoise.of(new float[] {120, 200, 300, 200}, TRUTH),
        1e-12);
  }

  @Test
  void equalImagesAreInfinitelyClose() {
    assertEquals(Double.POSITIVE_INFINITY, PeakSignalToNoise.of(TRUTH.clone(), TRUTH));
  }

  @Test
  void imagesThatCannotBeComparedAreRefused() {
    String sizes =
        assertThrows(
                IllegalArgumentException.class, () -> PeakSignalToNoise.of(new float[3], TRUTH))
            .getMessage();
    assertTrue(sizes.contains("differ in size"), sizes);
    String constant =
        assertThrows(
                IllegalArgumentException.class,
                () -> PeakSignalToNoise.of(TRUTH, new float[] {5, 5, 5, 5}))
            .getMessage();
    assertTrue(constant.contains("constant"), constant);
  }
}
