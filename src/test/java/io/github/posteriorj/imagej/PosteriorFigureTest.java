package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosteriorFigureTest {

  private static ImagePlus image(String title, int width, int height, int slices) {
    ImageStack stack = new ImageStack(width, height);
    for (int slice = 0; slice < slices; slice++) {
      float[] pixels = new float[width * height];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = 1000f * i / (pixels.length - 1);
      }
      stack.addSlice(new FloatProcessor(width, height, pixels));
    }
    return new ImagePlus(title, stack);
  }

  private static ImagePlus draw(int width, int height, int samples) {
    return PosteriorFigure.draw(
        image("y", width, height, 1),
        image("y-samples", width, height, samples),
        image("y-mean", width, height, 1),
        image("y-variance", width, height, 1));
  }

  @ParameterizedTest
  @CsvSource({"32, 32, 5, 3", "64, 48, 3, 3", "300, 200, 2, 3", "40, 40, 1, 2"})
  void twoRowsOfTilesOfAtLeastTwoHundredPixels(int width, int height, int samples, int columns) {
    ImagePlus panel = draw(width, height, samples);
    assertEquals(24, panel.getBitDepth());
    int zoom = Math.max(1, (int) Math.ceil(200.0 / Math.max(width, height)));
    assertTrue(panel.getWidth() > columns * width * zoom, "" + panel.getWidth());
    assertTrue(panel.getWidth() < columns * (width * zoom + 12) + 250, "" + panel.getWidth());
    assertTrue(
        panel.getHeight() > 2 * height * zoom && panel.getHeight() < 2 * height * zoom + 120);
  }

  @Test
  void grayTilesShowTheRangeOfTheMeanAndTheDeviationIsInColour() {
    ImagePlus panel = draw(32, 32, 3);
    // Measurement, sample 1, sample 2 above; sample 3, mean, standard deviation below.
    int tile = 32 * 7;
    int left = 12;
    int top = 12 + 26;
    assertEquals(Color.BLACK, new Color(panel.getProcessor().getPixel(left, top)));
    assertEquals(
        Color.WHITE, new Color(panel.getProcessor().getPixel(left + tile - 1, top + tile - 1)));
    int right = left + 2 * (tile + 12);
    int below = top + tile + 12 + 26;
    assertEquals(
        new Color(LookUpTables.inferno().getRGB(255)),
        new Color(panel.getProcessor().getPixel(right + tile - 1, below + tile - 1)));
  }

  @Test
  void imagesOfAnotherSizeAreNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    PosteriorFigure.draw(
                        image("y", 32, 32, 1),
                        image("y-samples", 32, 32, 2),
                        image("y-mean", 32, 33, 1),
                        image("y-variance", 32, 32, 1)))
            .getMessage();
    assertTrue(message.contains("\"y-samples\" and \"y-mean\" differ in size"), message);
  }

  @ParameterizedTest
  @CsvSource({"8, 50", "32, 0.01"})
  void aMeasurementOfAnotherSizeOrUnitFillsItsTileInARangeOfItsOwn(int size, double unit) {
    ImagePlus measurement = image("y", size, size, 1);
    measurement.getProcessor().multiply(unit);
    ImagePlus panel =
        PosteriorFigure.draw(
            measurement,
            image("y-samples", 32, 32, 2),
            image("y-mean", 32, 32, 1),
            image("y-variance", 32, 32, 1));
    int tile = 32 * 7;
    int left = 12;
    int top = 12 + 26;
    assertEquals(Color.BLACK, new Color(panel.getProcessor().getPixel(left, top)));
    assertEquals(
        Color.WHITE, new Color(panel.getProcessor().getPixel(left + tile - 1, top + tile - 1)));
  }

  private static Color[] corners(ImagePlus panel) {
    int tile = 32 * 7;
    int left = 12;
    int top = 12 + 26;
    return new Color[] {
      new Color(panel.getProcessor().getPixel(left, top)),
      new Color(panel.getProcessor().getPixel(left + tile - 1, top + tile - 1))
    };
  }

  private static ImagePlus drawWith(ImagePlus measurement, ImagePlus mean) {
    return PosteriorFigure.draw(
        measurement, image("y-samples", 32, 32, 2), mean, image("y-variance", 32, 32, 1));
  }

  @Test
  void aSelectionDoesNotChangeTheGrays() {
    ImagePlus mean = image("y-mean", 32, 32, 1);
    mean.setRoi(3, 3, 4, 4);
    ImagePlus measurement = image("y", 32, 32, 1);
    measurement.setRoi(3, 3, 1, 1);
    Color[] corners = corners(drawWith(measurement, mean));
    assertEquals(Color.BLACK, corners[0]);
    assertEquals(Color.WHITE, corners[1]);
  }

  @Test
  void aMeasurementIsShownInCalibratedUnits() {
    ShortProcessor pixels = new ShortProcessor(32, 32);
    for (int i = 0; i < 32 * 32; i++) {
      pixels.set(i, 32768 + 1000 * i / (32 * 32 - 1));
    }
    ImagePlus signed = new ImagePlus("y", pixels);
    signed.getCalibration().setSigned16BitCalibration();
    Color[] corners = corners(drawWith(signed, image("y-mean", 32, 32, 1)));
    assertEquals(Color.BLACK, corners[0]);
    assertEquals(Color.WHITE, corners[1]);
  }

  @Test
  void deadPixelsLeaveTheRangeToTheOthers() {
    ImagePlus measurement = image("y", 8, 8, 1);
    measurement.getProcessor().setf(20, Float.NaN);
    measurement.getProcessor().setf(30, Float.POSITIVE_INFINITY);
    Color[] corners = corners(drawWith(measurement, image("y-mean", 32, 32, 1)));
    assertEquals(Color.BLACK, corners[0]);
    assertEquals(Color.WHITE, corners[1]);
  }

  @Test
  void coloursStayColours() {
    ImagePlus mean = image("y-mean", 32, 32, 3);
    mean.getStack().getProcessor(2).set(0);
    mean.getStack().getProcessor(3).set(0);
    mean.setDimensions(3, 1, 1);
    ImagePlus samples = image("y-samples", 32, 32, 6);
    samples.setDimensions(3, 1, 2);
    ImagePlus variance = image("y-variance", 32, 32, 3);
    variance.getStack().getProcessor(2).multiply(0.25);
    variance.getStack().getProcessor(3).multiply(0);
    variance.setDimensions(3, 1, 1);
    ImagePlus panel =
        PosteriorFigure.draw(image("y", 32, 32, 1), samples, new CompositeImage(mean), variance);
    // Measurement, sample 1, sample 2, mean above; a standard deviation a channel below.
    int tile = 32 * 7;
    int above = 12 + 26 + tile - 1;
    int below = above + tile + 12 + 26;
    Color[] last = new Color[7];
    for (int i = 0; i < last.length; i++) {
      int right = 12 + i % 4 * (tile + 12) + tile - 1;
      last[i] = new Color(panel.getProcessor().getPixel(right, i < 4 ? above : below));
    }
    assertEquals(Color.RED, last[3]);
    LUT inferno = LookUpTables.inferno();
    assertEquals(new Color(inferno.getRGB(255)), last[4]);
    assertEquals(new Color(inferno.getRGB(128)), last[5]);
    assertEquals(new Color(inferno.getRGB(0)), last[6]);
  }

  /** A smaller one has a range of its own. */
  @ParameterizedTest
  @ValueSource(ints = {8, 32})
  void anRgbMeasurementIsInItsColours(int size) {
    ColorProcessor red = new ColorProcessor(size, size);
    for (int i = 0; i < size * size; i++) {
      red.set(i, (255 * i / (size * size - 1)) << 16);
    }
    ImagePlus mean = image("y-mean", 32, 32, 1);
    mean.getProcessor().multiply(0.255);
    Color[] corners = corners(drawWith(new ImagePlus("y", red), mean));
    assertEquals(Color.BLACK, corners[0]);
    assertEquals(Color.RED, corners[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "14120.4, 14120",
    "-453.21, -453.2",
    "207.4, 207.4",
    "0.01234567, 0.01235",
    "999999, 1000000",
    "123456789, 1.2e+08",
    "-0.000012345, -1.2e-05",
  })
  void numbersBesideABarFitThere(double value, String label) {
    assertEquals(label, BarLabels.text(value));
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    assertTrue(graphics.getFontMetrics().stringWidth(label) <= 66);
    graphics.dispose();
  }
}
