package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class StructuralSimilarityTest {

  private static final int WIDTH = 30;
  private static final int HEIGHT = 20;

  private static float[] image(DoubleBinaryOperator intensity) {
    float[] pixels = new float[WIDTH * HEIGHT];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) intensity.applyAsDouble(i % WIDTH, i / WIDTH);
    }
    return pixels;
  }

  private static double waves(double x, double y) {
    return 100 + 40 * Math.sin(x / 3) * Math.cos(y / 4);
  }

  private static final float[] TRUTH = image(StructuralSimilarityTest::waves);

  /** Expected values by make_structural_similarity.py among the test resources. */
  @Test
  void itIsWhatNumericalPythonGives() {
    float[] shifted = image((x, y) -> waves(x - 1, y));
    float[] rough = image((x, y) -> (float) waves(x, y) + 10 * Math.sin(37 * x + 91 * y));
    float[] dim = image((x, y) -> 0.5 * (float) waves(x, y) + 20);
    // Intensities are float32 there and here; all else is double precision.
    assertEquals(0.9106858240602915, StructuralSimilarity.of(shifted, TRUTH, WIDTH), 1e-5);
    assertEquals(0.8156488926318439, StructuralSimilarity.of(rough, TRUTH, WIDTH), 1e-5);
    assertEquals(0.23860044116419485, StructuralSimilarity.of(dim, TRUTH, WIDTH), 1e-5);
  }

  @Test
  void equalImagesAreAltogetherSimilarAndUnitsDoNotMatter() {
    assertEquals(1, StructuralSimilarity.of(TRUTH.clone(), TRUTH, WIDTH), 1e-12);
    float[] rough = image((x, y) -> waves(x, y) + 10 * Math.sin(37 * x + 91 * y));
    double expected = StructuralSimilarity.of(rough, TRUTH, WIDTH);
    float[] otherUnit = image((x, y) -> 1000 + 7 * rough[(int) (y * WIDTH + x)]);
    float[] otherTruth = image((x, y) -> 1000 + 7 * TRUTH[(int) (y * WIDTH + x)]);
    // Float32 of values up to 2000 against a range of 560.
    assertEquals(expected, StructuralSimilarity.of(otherUnit, otherTruth, WIDTH), 1e-5);
  }

  @Test
  void imagesThatCannotBeComparedAreNamed() {
    assertMessage("differ in size", new float[7], TRUTH, WIDTH);
    assertMessage("at least 11 x 11 pixels, not 600 x 1", TRUTH, TRUTH, WIDTH * HEIGHT);
    assertMessage("constant", TRUTH, new float[WIDTH * HEIGHT], WIDTH);
  }

  private static void assertMessage(String part, float[] image, float[] truth, int width) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> StructuralSimilarity.of(image, truth, width))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
