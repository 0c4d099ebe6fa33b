package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointSpreadFunctionTest {

  private static String refusal(Executable making) {
    return assertThrows(IllegalArgumentException.class, making).getMessage();
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void itsValuesSumToOne() {
    PointSpreadFunction psf = PointSpreadFunction.of(new float[] {1, -1, 3, 1}, 2, 2);
    assertArrayEquals(new float[] {0.25f, -0.25f, 0.75f, 0.25f}, psf.values());
    assertEquals(1, sum(PointSpreadFunction.gaussian(3).values()), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 5, 3, 2", // odd sizes: the middle
    "8, 6, 3, 2", // even sizes: of the four pixels around the middle, the upper left
    "1, 1, 0, 0",
  })
  void theOriginOfASymmetricOneIsItsMiddle(int width, int height, int column, int row) {
    float[] flat = new float[width * height];
    Arrays.fill(flat, 0.3f);
    PointSpreadFunction psf = PointSpreadFunction.of(flat, width, height);
    assertEquals(column, psf.originColumn());
    assertEquals(row, psf.originRow());
  }

  @Test
  void theOriginIsTheCentreOfMassOfWhatIsPositive() {
    // Noise below zero far from the spot, and the brightest pixel beside its centre.
    float[] weights = {
      -1, 0, 0, 0, 0,
      0, 0, 2, 2, 3,
      0, 0, 2, 2, 2,
    };
    PointSpreadFunction psf = PointSpreadFunction.of(weights, 5, 3);
    assertEquals(3, psf.originColumn());
    assertEquals(1, psf.originRow());
  }

  @Test
  void anAiryDiskIsDarkAtItsFirstRingAndHoldsTheLightThatRayleighComputed() {
    AiryDisk disk = new AiryDisk(0.5, 1.25);
    assertEquals(1, disk.intensity(0));
    // The first zero of J_1 is 3.8317: a radius of 0.6098 wavelengths / NA.
    assertEquals(0, disk.intensity(0.60983 * 0.5 / 1.25), 1e-8);
    // Inside of it lie 83.8 % of the light, of which the pattern's reach loses 2 / (pi v) = 2 %.
    int size = 301;
    PointSpreadFunction psf = PointSpreadFunction.of(disk, 0.0135, size);
    float[] values = psf.values();
    double inside = 0;
    for (int i = 0; i < values.length; i++) {
      double distance =
          Math.hypot(i % psf.width() - psf.originColumn(), i / psf.width() - psf.originRow());
      inside += distance * 0.0135 < 0.6098 * 0.5 / 1.25 ? values[i] : 0;
    }
    assertEquals(0.838 / 0.98, inside, 0.01); // the square holds a little more than the circle
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.07, 0.2, 0.9, 2})
  void inFocusBornAndWolfsIntegralIsTheAiryDisk(double radius) {
    assertEquals(
        new AiryDisk(0.5, 1.25).intensity(radius),
        new BornWolf(0.5, 1.25, 1.5, 0).intensity(radius),
        1e-12);
  }

  @Test
  void onTheAxisTheIntensityFallsWithDefocusAsASquaredSinc() {
    double defocus = 0.4;
    double quarter = 2 * Math.PI * 1.25 * 1.25 * defocus / (1.5 * 0.5) / 4;
    double expected = Math.pow(Math.sin(quarter) / quarter, 2);
    assertEquals(expected, new BornWolf(0.5, 1.25, 1.5, defocus).intensity(0), 1e-12);
    assertEquals(expected, new BornWolf(0.5, 1.25, 1.5, -defocus).intensity(0), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"1000, 41", "41, 41", "40, 39", "1, 1"})
  void aTheoreticalOneIsCutToTheLargestSize(int largest, int size) {
    // The pattern reaches 5 * 0.5 / 1.25 = 2 units, 20 pixels.
    PointSpreadFunction psf = PointSpreadFunction.of(new AiryDisk(0.5, 1.25), 0.1, largest);
    assertEquals(size, psf.width());
    assertEquals(size, psf.height());
    assertEquals(size / 2, psf.originColumn());
    assertEquals(size / 2, psf.originRow());
    assertEquals(1, sum(psf.values()), 1e-6);
  }

  @Test
  void aLargerOneThanTheImageIsRefused() {
    PointSpreadFunction psf = PointSpreadFunction.of(new float[] {1, 2, 1, 1, 1, 1}, 6, 1);
    String message =
        "The point spread function has 6 x 1 pixels, more than the image with its 5 x 9. Crop it"
            + " around its bright part, or choose a larger image.";
    assertEquals(
        message, refusal(() -> new MirroredConvolution(psf).outputShape(new Shape(1, 9, 5))));
    assertEquals(
        message, refusal(() -> new CircularConvolution(psf).outputShape(new Shape(1, 9, 5))));
  }

  @Test
  void lightThatIsNoneIsRefused() {
    assertEquals(
        "The point spread function's values sum to 0, but the sum must be positive: it is the light"
            + " of a point. Subtract less background from it.",
        refusal(() -> PointSpreadFunction.of(new float[] {1, -1}, 2, 1)));
    assertTrue(
        refusal(() -> PointSpreadFunction.of(new float[] {1, -3}, 2, 1)).contains("sum to -2.0,"));
    assertEquals(
        "The point spread function's value at (0, 1) is NaN. Use an image of finite numbers.",
        refusal(() -> PointSpreadFunction.of(new float[] {1, 1, Float.NaN, 1}, 2, 2)));
    assertEquals(
        "A point spread function of 2 x 2 pixels cannot have 5 values.",
        refusal(() -> PointSpreadFunction.of(new float[5], 2, 2)));
  }

  @Test
  void opticsThatCannotBeAreRefused() {
    assertEquals(
        "The wavelength must be a positive number, not 0.0.", refusal(() -> new AiryDisk(0, 1.2)));
    assertEquals(
        "The numerical aperture must be a positive number, not -1.0.",
        refusal(() -> new AiryDisk(0.5, -1)));
    for (Executable making :
        List.<Executable>of(() -> new AiryDisk(0.5, 2.5), () -> new BornWolf(0.5, 2.5, 4, 0))) {
      assertEquals(
          "The numerical aperture must be below the refractive index of the immersion medium, which"
              + " is at most 1.78, not 2.5. It is written on the objective beside the"
              + " magnification, as in 63x/1.4.",
          refusal(making));
    }
    assertEquals(
        "The numerical aperture must be below the refractive index of the immersion medium, but 1.4"
            + " is not below 1.33. Air has 1, water 1.33, glycerol 1.47, oil 1.515.",
        refusal(() -> new BornWolf(0.5, 1.4, 1.33, 0)));
    assertEquals(
        "The refractive index must be a positive number, not 0.0.",
        refusal(() -> new BornWolf(0.5, 1.4, 0, 0)));
    assertEquals(
        "The defocus must be a finite number, not NaN.",
        refusal(() -> new BornWolf(0.5, 1.4, 1.5, Double.NaN)));
    AiryDisk disk = new AiryDisk(0.5, 1.25);
    assertEquals(
        "The pixel size must be a positive number, not 0.0. Set it in Image > Properties.",
        refusal(() -> PointSpreadFunction.of(disk, 0, 31)));
    assertEquals(
        "One pixel of size 65.0 holds the whole pattern, which reaches 2.0 from its middle. Give"
            + " both in the same unit of length.",
        refusal(() -> PointSpreadFunction.of(disk, 65, 31)));
    assertEquals(
        "A point spread function needs at least one pixel a side, not 0.",
        refusal(() -> PointSpreadFunction.of(disk, 0.1, 0)));
    assertEquals(
        "The standard deviation of the point spread function must be a positive number of pixels up"
            + " to 200, not 0.0.",
        refusal(() -> PointSpreadFunction.gaussian(0)));
  }
}
