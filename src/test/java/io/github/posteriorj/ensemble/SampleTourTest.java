package io.github.posteriorj.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriorj.tensor.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTourTest {

  @Test
  void theWayLeadsThroughTheSamplesAndBack() {
    List<float[]> samples = List.of(new float[] {1, 2}, new float[] {5, 0}, new float[] {3, 3});
    SampleTour tour = new SampleTour(samples, new float[] {3, 2}, 2);
    assertEquals(6, tour.length());
    for (int sample = 0; sample < 3; sample++) {
      assertArrayEquals(samples.get(sample), tour.image(2 * sample), 1e-6f);
    }
    // Half way from the last to the first: the mean, and both deviations over the root of 2.
    assertArrayEquals(
        new float[] {3 + (float) ((0 - 2) / Math.sqrt(2)), 2 + (float) (1 / Math.sqrt(2))},
        tour.image(5),
        1e-6f);
  }

  @Test
  void placesBetweenSamplesAreAsFarFromTheMeanAsSamplesAre() {
    int pixels = 10_000;
    RandomStream random = RandomStream.of(3, 0);
    List<float[]> samples =
        IntStream.range(0, 3).mapToObj(sample -> random.gaussian(pixels)).toList();
    SampleTour tour = new SampleTour(samples, new float[pixels], 3);
    for (int place = 0; place < tour.length(); place++) {
      double squares = 0;
      for (float value : tour.image(place)) {
        squares += value * value;
      }
      // Four standard errors of the variance of so many normal numbers.
      assertEquals(1, squares / pixels, 4 * Math.sqrt(2.0 / pixels));
    }
  }
}
