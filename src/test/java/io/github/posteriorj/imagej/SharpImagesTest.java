package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageConverter;
import io.github.posteriorj.training.TrainingImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading what a prior is to learn from. */
class SharpImagesTest {

  @TempDir private Path folder;

  @Test
  void slicesAndFramesAreImagesAndChannelsStayTogether() {
    ImageStack stack = new ImageStack(2, 1);
    for (int plane = 0; plane < 8; plane++) {
      stack.addSlice(new FloatProcessor(2, 1, new float[] {plane, plane + 0.5f}));
    }
    ImagePlus image = new ImagePlus("hyperstack", stack);
    image.setDimensions(2, 1, 4);
    List<TrainingImage> images = SharpImages.read(image);
    assertEquals(4, images.size());
    assertEquals("hyperstack:3", images.get(3).name());
    assertEquals(2, images.get(3).channels());
    assertArrayEquals(new float[] {6, 6.5f, 7, 7.5f}, images.get(3).pixels());
  }

  @Test
  void coloursAreThreeChannels() {
    ColorProcessor colours = new ColorProcessor(2, 1, new int[] {0x0a141e, 0x0b151f});
    TrainingImage image = SharpImages.read(new ImagePlus("rgb", colours)).get(0);
    assertEquals(3, image.channels());
    assertArrayEquals(new float[] {10, 11, 20, 21, 30, 31}, image.pixels());
  }

  @Test
  void indexedColoursAreRefused() {
    ImagePlus image =
        new ImagePlus("indexed", new ColorProcessor(2, 1, new int[] {0xff0000, 0x00ff00}));
    new ImageConverter(image).convertRGBtoIndexedColor(8);
    String message =
        assertThrows(IllegalArgumentException.class, () -> SharpImages.read(image)).getMessage();
    assertTrue(message.contains("\"indexed\" has indexed colours"), message);
  }

  @Test
  void intensityCalibrationIsUsed() {
    ImagePlus image = new ImagePlus("8-bit", new ByteProcessor(2, 1, new byte[] {1, 2}));
    image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] {5, 10}, "a");
    assertArrayEquals(new float[] {15, 25}, SharpImages.read(image).get(0).pixels());
  }

  @Test
  void onlyTiffAndPngFilesOfAFolderAreTaken() throws IOException {
    for (String name : List.of("b.PNG", "a.tif", "c.tiff", ".d.tif", "e.jpg", "f.txt")) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.createDirectories(folder.resolve("g.tif"));
    List<String> names =
        SharpImages.files(folder).stream().map(file -> file.getFileName().toString()).toList();
    assertEquals(List.of("a.tif", "b.PNG", "c.tiff"), names);
  }
}
