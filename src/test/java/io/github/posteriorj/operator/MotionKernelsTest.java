package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MotionKernelsTest {

  private static RandomStream random(long seed) {
    return RandomStream.of(seed, 0);
  }

  private static String refusal(Executable making) {
    return assertThrows(IllegalArgumentException.class, making).getMessage();
  }

  /** Variances and covariance of a kernel: of x, of y, of both. */
  private static double[] moments(PointSpreadFunction kernel) {
    float[] values = kernel.values();
    double[] sums = new double[5];
    for (int i = 0; i < values.length; i++) {
      double x = i % kernel.width();
      double y = i / kernel.width();
      double[] terms = {x, y, x * x, y * y, x * y};
      for (int k = 0; k < 5; k++) {
        sums[k] += terms[k] * values[i];
      }
    }
    return new double[] {
      sums[2] - sums[0] * sums[0], sums[3] - sums[1] * sums[1], sums[4] - sums[0] * sums[1]
    };
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "9.5, 35", "12, 90", "20, 135", "7, -60"})
  void aStraightPathHasTheVarianceOfALine(double length, double angle) {
    double[] moments = moments(MotionKernels.straight(length, angle));
    double cos = Math.cos(Math.toRadians(angle));
    double sin = Math.sin(Math.toRadians(angle));
    double line = length * length / 12;
    // Linear interpolation adds f (1 - f) where a place lies f beyond a pixel: at most 1/4.
    assertEquals(line * cos * cos, moments[0], 0.25);
    assertEquals(line * sin * sin, moments[1], 0.25);
    // Rows count downwards, angles upwards; the covariance gains nothing by interpolation.
    assertEquals(-line * sin * cos, moments[2], 1e-3 * line);
  }

  @ParameterizedTest
  @CsvSource({"6, 0, 7, 1", "6.5, 0, 9, 1", "6, 90, 1, 7", "0.5, 45, 3, 3"})
  void aStraightPathTakesNoMorePixelsThanItTouches(
      double length, double angle, int width, int height) {
    PointSpreadFunction kernel = MotionKernels.straight(length, angle);
    assertEquals(width, kernel.width());
    assertEquals(height, kernel.height());
    assertEquals(width / 2, kernel.originColumn());
    assertEquals(height / 2, kernel.originRow());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void aRandomPathKeepsAllItsLightOnTheKernel(double intensity) {
    for (int seed = 0; seed < 5; seed++) {
      float[] values = MotionKernels.randomPath(31, intensity, random(seed)).values();
      for (int i = 0; i < values.length; i++) {
        assertTrue(values[i] >= 0);
        boolean border = i / 31 % 30 == 0 || i % 31 % 30 == 0;
        assertFalse(border && values[i] > 0, "light at the border may have been cut");
      }
    }
  }

  @Test
  void withoutShakingTheRandomPathIsStraight() {
    double[] moments = moments(MotionKernels.randomPath(61, 0, random(3)));
    double mean = (moments[0] + moments[1]) / 2;
    double difference = Math.hypot((moments[0] - moments[1]) / 2, moments[2]);
    // The variance across the line is what linear interpolation adds.
    assertEquals(0, mean - difference, 0.25);
    double length = Math.sqrt(12 * (mean + difference));
    assertTrue(length > 28 && length < 59, () -> "length " + length);
  }

  @Test
  void strongerShakingKeepsThePathCloserTogether() {
    double[] spread = new double[3];
    for (int seed = 0; seed < 20; seed++) {
      for (int i = 0; i < 3; i++) {
        double[] moments = moments(MotionKernels.randomPath(61, i / 2.0, random(seed)));
        spread[i] += (moments[0] + moments[1]) / 20;
      }
    }
    // A line of 29 to 58 pixels has a variance of 160 on average; the shaken ones are as long.
    assertEquals(160, spread[0], 160 / Math.sqrt(20));
    assertTrue(spread[1] < spread[0] / 2, () -> Arrays.toString(spread));
    assertTrue(spread[2] < spread[1] / 2, () -> Arrays.toString(spread));
  }

  /**
   * A path that turns at random forgets its direction like e^(-k s), s from 0 to 1 along it, and
   * has the radius of gyration of a worm-like chain (Benoit and Doty 1953). At intensity 0.5 the
   * direction diffuses by pi radians, and 2.5 jerks turn it around, give or take half a radian.
   */
  @Test
  void aRandomPathSpreadsAsItsTurnsAndJerksLetIt() {
    int seeds = 200;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double[] moments = moments(MotionKernels.randomPath(33, 0.5, random(seed)));
      double spread = moments[0] + moments[1];
      sum += spread;
      squares += spread * spread;
    }
    double mean = sum / seeds;
    double error = Math.sqrt((squares / seeds - mean * mean) / (seeds - 1));
    double k = Math.PI * Math.PI / 2 + 2.5 * (1 + Math.sin(0.5) / 0.5);
    double ofLengthOne =
        1 / (3 * k) - 1 / (k * k) + 2 / Math.pow(k, 3) - 2 / Math.pow(k, 4) * (1 - Math.exp(-k));
    // Lengths are even between 15 and 30 pixels; interpolation adds 1 / 6 along each axis. The pull
    // to the middle is not in the formula.
    double expected = ofLengthOne * (Math.pow(30, 3) - Math.pow(15, 3)) / (3 * 15) + 1.0 / 3;
    assertEquals(expected, mean, 4 * error + 0.05 * expected);
  }

  @Test
  void aRandomPathDependsOnItsSeedAlone() {
    float[] first = MotionKernels.randomPath(31, 0.5, random(1)).values();
    assertArrayEquals(first, MotionKernels.randomPath(31, 0.5, random(1)).values());
    assertTrue(Arrays.mismatch(first, MotionKernels.randomPath(31, 0.5, random(2)).values()) >= 0);
  }

  @Test
  void motionsThatCannotBeAreRefused() {
    assertEquals(
        "The length of the motion must be a positive number of pixels up to 1000, not 0.0.",
        refusal(() -> MotionKernels.straight(0, 10)));
    assertEquals(
        "The angle of the motion must be a finite number of degrees, not NaN.",
        refusal(() -> MotionKernels.straight(5, Double.NaN)));
    assertEquals(
        "The kernel of a random path needs 5 pixels a side or more, not 4.",
        refusal(() -> MotionKernels.randomPath(4, 0.5, random(1))));
    assertEquals(
        "The intensity of the shaking must be from 0 to 1, not 1.5.",
        refusal(() -> MotionKernels.randomPath(31, 1.5, random(1))));
  }
}
