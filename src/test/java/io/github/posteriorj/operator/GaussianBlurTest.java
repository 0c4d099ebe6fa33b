package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianBlurTest {

  private static float[] blur(double sigma, float[] image, int width, int height) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      return new GaussianBlur(sigma)
          .apply(scope.create(image, new Shape(1, 1, height, width)))
          .toFloatArray();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "16, 16, 2",
    "33, 47, 0.6",
    "64, 20, 3",
    "5, 9, 3", // the kernel is wider than the image
    "16, 12, 40", // and its standard deviation is, too
    "1, 7, 1.5",
  })
  void itIsTheDirectConvolutionWithAMirroredBorder(int width, int height, double sigma) {
    float[] image = RandomStream.of(7, 0).gaussian(width * height);
    // Float32 rounds each of some hundred terms of order 1 by 6e-8.
    assertArrayEquals(
        directly(sigma, image, width, height), blur(sigma, image, width, height), 3e-6f);
  }

  /** The sum over all q of k(q) x(p - q), in two dimensions and double precision. */
  private static float[] directly(double sigma, float[] image, int width, int height) {
    int reach = (int) Math.ceil(10 * sigma);
    double total = 0;
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        total += Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
      }
    }
    float[] blurred = new float[image.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int dy = -reach; dy <= reach; dy++) {
          for (int dx = -reach; dx <= reach; dx++) {
            sum +=
                Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma))
                    * image[reflected(y - dy, height) * width + reflected(x - dx, width)];
          }
        }
        blurred[y * width + x] = (float) (sum / total);
      }
    }
    return blurred;
  }

  /** Steps back from the border, as often as it takes: d c b a | a b c d | d c b a. */
  private static int reflected(int index, int size) {
    int inside = index;
    while (inside < 0 || inside >= size) {
      inside = inside < 0 ? -1 - inside : 2 * size - 1 - inside;
    }
    return inside;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 2, 50})
  void aConstantImageStaysConstant(double sigma) {
    float[] image = new float[21 * 34];
    Arrays.fill(image, 1234.5f);
    for (float value : blur(sigma, image, 21, 34)) {
      assertEquals(1234.5, value, 1234.5 * 1e-5); // float32, two sums of some hundred terms
    }
  }

  @Test
  void theSumOfAllPixelsIsKept() {
    float[] image = new float[30 * 40];
    image[0] = 100; // at a corner, where a border that loses light would show
    double sum = 0;
    for (float value : blur(3, image, 30, 40)) {
      sum += value;
    }
    assertEquals(100, sum, 100 * 1e-5);
  }

  @Test
  void theKernelReachesThirtyPixelsAtThree() {
    int size = 129;
    int middle = 64;
    float[] image = new float[size * size];
    image[middle * size + middle] = 1;
    float[] response = blur(3, image, size, size);
    for (int sign : new int[] {-1, 1}) {
      assertTrue(response[middle * size + middle + sign * 30] > 0);
      assertTrue(response[(middle + sign * 30) * size + middle] > 0);
      assertEquals(0, response[middle * size + middle + sign * 31]);
      assertEquals(0, response[(middle + sign * 31) * size + middle]);
    }
  }

  @Test
  void theImpulseResponseHasTheStandardDeviationThatWasAskedFor() {
    int size = 129;
    float[] image = new float[size * size];
    image[64 * size + 64] = 1;
    float[] response = blur(3, image, size, size);
    double variance = 0;
    for (int i = 0; i < response.length; i++) {
      double x = i % size - 64;
      variance += x * x * response[i];
    }
    // A sampled Gaussian of 3 pixels has the variance of the continuous one to far below float32.
    assertEquals(9, variance, 9 * 1e-5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aWidthThatIsNoneIsRefusedWithItsValue(double sigma) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new GaussianBlur(sigma)).getMessage();
    assertTrue(message.contains("standard deviation of the blur"), message);
    assertTrue(message.contains("not " + sigma + "."), message);
  }
}
