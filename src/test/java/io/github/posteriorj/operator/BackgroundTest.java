package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BackgroundTest {

  private static final Shape IMAGE = new Shape(2, 40, 50);

  private static String refusal(Executable making) {
    return assertThrows(IllegalArgumentException.class, making).getMessage();
  }

  @Test
  void noiseHasItsLevelAndIsKept() {
    Background noise = Background.noise(0.2, IMAGE, RandomStream.of(1, 0));
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      float[] first = noise.apply(scope.zeros(new Shape(1).addAll(IMAGE))).toFloatArray();
      float[] second = noise.apply(scope.zeros(new Shape(1).addAll(IMAGE))).toFloatArray();
      assertArrayEquals(first, second);
      double sum = 0;
      for (float value : first) {
        sum += (double) value * value;
      }
      // The sum of n squares of standard deviation s has the standard deviation s^2 sqrt(2 n).
      assertEquals(0.04 * 4000, sum, 4 * 0.04 * Math.sqrt(2 * 4000));
    }
  }

  @Test
  void backgroundsThatFitNoImageAreRefused() {
    assertEquals(
        "A background for images of the shape (2, 40, 50) has 4000 values, not 3.",
        refusal(() -> new Background(new float[3], IMAGE)));
    float[] values = new float[4000];
    values[7] = Float.POSITIVE_INFINITY;
    assertEquals(
        "The background has a value that is Infinity. Use finite numbers.",
        refusal(() -> new Background(values, IMAGE)));
    assertEquals(
        "The background is for images of the shape (2, 40, 50), but the image has the shape (1, 40,"
            + " 50) (channels, height, width).",
        refusal(() -> new Background(new float[4000], IMAGE).outputShape(new Shape(1, 40, 50))));
    assertEquals(
        "The level of the noise added to an image must be 0 or a positive number, not -0.2.",
        refusal(() -> Background.noise(-0.2, IMAGE, RandomStream.of(1, 0))));
  }
}
