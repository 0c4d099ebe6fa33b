package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.plugin.LutLoader;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageConverter;
import ij.process.ShortProcessor;
import io.github.posteriorj.image.Planes;
import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputPlaneTest {

  private static String refusal(ImagePlus image) {
    return assertThrows(IllegalArgumentException.class, () -> InputPlane.read(image)).getMessage();
  }

  private static float[] pixels(ImagePlus image) {
    return Planes.pixels(InputPlane.read(image));
  }

  private static ImagePlus floats(float... values) {
    return new ImagePlus("floats", new FloatProcessor(values.length, 1, values));
  }

  @Test
  void anImageThatIsNotThereIsSaidToBeMissing() {
    assertTrue(refusal(null).contains("no such image"));
    assertTrue(refusal(new ImagePlus()).contains("no such image"));
  }

  @Test
  void colourImagesAreRefusedWithAWayOut() {
    ImagePlus rgb = IJ.createImage("rgb", "RGB ramp", 8, 8, 1);
    assertTrue(refusal(rgb).contains("\"rgb\" is a colour image"));
    ImagePlus indexed = IJ.createImage("indexed", "RGB ramp", 8, 8, 1);
    indexed.getProcessor().setColor(Color.RED);
    indexed.getProcessor().fillRect(0, 0, 4, 4);
    new ImageConverter(indexed).convertRGBtoIndexedColor(64);
    assertEquals(ImagePlus.COLOR_256, indexed.getType());
    assertTrue(refusal(indexed).contains("\"indexed\" is a colour image"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"green", "fire", "grays"})
  void falseColoursHideNoIntensities(String colours) {
    ImagePlus image = IJ.createImage("false colours", "8-bit ramp", 16, 16, 1);
    float[] pixels = Planes.pixels(InputPlane.read(image));
    image.getProcessor().setColorModel(LutLoader.getLut(colours));
    image.setProcessor(image.getProcessor());
    assertArrayEquals(pixels, Planes.pixels(InputPlane.read(image)));
  }

  @Test
  void stacksAndCompositesAreRefusedWithTheirNumberOfPlanes() {
    assertTrue(
        refusal(IJ.createImage("stack", "8-bit ramp", 8, 8, 3)).contains("has 3 channels, slices"));
    ImagePlus channels = IJ.createHyperStack("channels", 8, 8, 2, 1, 1, 16);
    channels.getStack().getProcessor(1).set(1, 1, 5);
    assertTrue(
        refusal(new CompositeImage(channels, CompositeImage.COMPOSITE))
            .contains("has 2 channels, slices"));
  }

  @Test
  void pixelsThatAreNoNumbersAreCounted() {
    assertTrue(
        refusal(floats(1, Float.NaN, 2, Float.POSITIVE_INFINITY)).contains("has 2 pixel(s)"));
    assertTrue(refusal(floats(1, Float.NEGATIVE_INFINITY)).contains("has 1 pixel(s)"));
    assertTrue(refusal(floats(Float.NaN, Float.NaN)).contains("has 2 pixel(s)"));
  }

  @Test
  void theAdviceIsForWhatIsThere() {
    String notNumbers = refusal(floats(1, Float.NaN, 2));
    assertTrue(notNumbers.contains("Remove NaNs..."), notNumbers);
    assertFalse(notNumbers.contains("Max..."), notNumbers);
    String infinite = refusal(floats(1, Float.POSITIVE_INFINITY, 2));
    assertFalse(infinite.contains("Remove NaNs..."), infinite);
    assertTrue(infinite.contains("Max..."), infinite);
    assertTrue(infinite.contains("hidden=dead"), infinite);
  }

  @Test
  void aConstantImageIsRefusedWithItsValue() {
    assertTrue(refusal(floats(3.5f, 3.5f)).contains("every pixel is 3.5"));
  }

  @Test
  void allBitDepthsAreReadUnsignedAndUncalibrated() {
    assertArrayEquals(
        new float[] {0, 255, 128},
        pixels(new ImagePlus("8", new ByteProcessor(3, 1, new byte[] {0, -1, -128}))));
    assertArrayEquals(
        new float[] {0, 65535, 32768},
        pixels(new ImagePlus("16", new ShortProcessor(3, 1, new short[] {0, -1, -32768}, null))));
    assertArrayEquals(new float[] {-1.5f, 0, 1e6f}, pixels(floats(-1.5f, 0, 1e6f)));
  }

  @Test
  void calibratedIntensitiesAreRead() {
    ImagePlus bytes = new ImagePlus("8", new ByteProcessor(3, 1, new byte[] {0, 100, -1}));
    bytes
        .getCalibration()
        .setFunction(Calibration.STRAIGHT_LINE, new double[] {10, 0.5}, "photons");
    assertArrayEquals(new float[] {10, 60, 137.5f}, pixels(bytes), 1e-4f);
    ImagePlus shorts =
        new ImagePlus("16", new ShortProcessor(3, 1, new short[] {0, 1000, -1}, null));
    shorts.getCalibration().setSigned16BitCalibration();
    assertArrayEquals(new float[] {-32768, -31768, 32767}, pixels(shorts), 1e-2f);
  }

  @Test
  void theImageItselfIsNotChanged() {
    ImagePlus image = floats(1, 2, 3);
    Planes.of(pixels(image), 3, 1).getAt(0, 0).set(99);
    InputPlane.read(image).getAt(0, 0).set(99);
    assertArrayEquals(new float[] {1, 2, 3}, (float[]) image.getProcessor().getPixels());
  }
}
