package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a measured point spread function has wrong is refused; noise alone is not. */
class MeasuredPsfTest {

  private static final int SIZE = 31;

  private static ImagePlus psf(int size, IntToDoubleFunction value) {
    float[] pixels = new float[size * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) value.applyAsDouble(i);
    }
    return new ImagePlus("bead", new FloatProcessor(size, size, pixels));
  }

  private static double gaussian(int pixel, int size, double sigma) {
    double x = (pixel % size - size / 2) / sigma;
    double y = (pixel / size - size / 2) / sigma;
    return 1000 * Math.exp(-(x * x + y * y) / 2);
  }

  private static ImagePlus calibrated(ImagePlus image, double pixelSize, String unit) {
    image.getCalibration().setUnit(unit);
    image.getCalibration().pixelWidth = pixelSize;
    image.getCalibration().pixelHeight = pixelSize;
    return image;
  }

  private static ImagePlus image() {
    return IJ.createImage("cells", "32-bit ramp", 64, 64, 1);
  }

  private static String refusal(ImagePlus psf, ImagePlus image) {
    return assertThrows(IllegalArgumentException.class, () -> MeasuredPsf.of(psf, "psf", image))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aCleanOneWithNoiseIsTaken(long seed) {
    Random random = new Random(seed);
    ImagePlus psf = psf(SIZE, i -> gaussian(i, SIZE, 2) + 5 * random.nextGaussian());
    assertEquals(SIZE, MeasuredPsf.of(psf, "psf", image()).width());
  }

  @Test
  void theCamerasBackgroundIsNamedWithItsLevel() {
    String message = refusal(psf(SIZE, i -> gaussian(i, SIZE, 2) + 100), image());
    assertTrue(message.contains("The border of \"bead\" is not dark: it is at 100"), message);
    // 100 at 31 x 31 pixels beside the Gaussian's light of 1000 * 2 pi 2^2.
    assertTrue(message.contains(" is 79 % of the light."), message);
    assertTrue(message.contains("Process > Math > Subtract..., value 100"), message);
  }

  @Test
  void tooMuchTakenOffIsNamed() {
    String level = refusal(psf(SIZE, i -> gaussian(i, SIZE, 2) - 10), image());
    assertTrue(level.contains("it is at -10"), level);
    Random random = new Random(3);
    String noise =
        refusal(psf(SIZE, i -> gaussian(i, SIZE, 2) + 100 * random.nextGaussian()), image());
    assertTrue(noise.contains("negative values that take away"), noise);
  }

  @Test
  void oneThatIsCutOffIsRefusedButAMotionMayEndAtTheBorder() {
    ImagePlus cut = psf(SIZE, i -> gaussian(i + SIZE / 2, SIZE, 2));
    String message = refusal(cut, image());
    assertTrue(message.contains("is cut off: at its border it still has"), message);
    ImagePlus path = psf(9, i -> i / 9 == 4 ? 1 : 0);
    assertEquals(9, MeasuredPsf.ofMotion(path, "kernel", image()).width());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void aRectangleIsNoBackground(int size) {
    assertEquals(size, MeasuredPsf.of(psf(size, i -> 255), "psf", image()).width());
  }

  @Test
  void pixelsOfAnotherSizeAreNamedWithTheFactor() {
    ImagePlus psf = calibrated(psf(SIZE, i -> gaussian(i, SIZE, 2)), 130, "nm");
    String message = refusal(psf, calibrated(image(), 0.065, "\u00b5m"));
    assertTrue(
        message.contains("pixels of \"bead\" are 0.13 \u00b5m wide, but those of the image 0.065"),
        message);
    assertTrue(message.contains("X 2.0, Y 2.0"), message);
  }

  @Test
  void pixelsOfTheSameSizeInAnyUnitOrOfNoneAreTaken() {
    ImagePlus psf = calibrated(psf(SIZE, i -> gaussian(i, SIZE, 2)), 65, "nm");
    MeasuredPsf.of(psf, "psf", calibrated(image(), 0.065, "microns"));
    MeasuredPsf.of(psf, "psf", calibrated(image(), 2.5591e-6, "inch"));
    MeasuredPsf.of(psf, "psf", image());
    MeasuredPsf.of(
        psf(SIZE, i -> gaussian(i, SIZE, 2)), "psf", calibrated(image(), 0.065, "microns"));
  }
}
