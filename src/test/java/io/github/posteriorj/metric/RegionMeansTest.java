package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RegionMeansTest {

  @Test
  void averagesWholeRegionsRowByRow() {
    float[] image = {
      1, 2, 3, 4, 99, //
      3, 4, 5, 6, 99, //
      0, 0, 8, 8, 99, //
      0, 4, 8, 8, 99, //
      99, 99, 99, 99, 99,
    };
    assertArrayEquals(new float[] {2.5f, 4.5f, 1, 8}, new RegionMeans(5, 5, 2).of(image));
  }

  @Test
  void refusesRegionsThatDoNotFit() {
    assertEquals(
        "A region of 8 x 8 pixels does not fit into an image of 20 x 7.",
        assertThrows(IllegalArgumentException.class, () -> new RegionMeans(20, 7, 8)).getMessage());
  }
}
