package io.github.posteriorj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import ij.io.TiffEncoder;
import ij.process.LUT;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * TIFF files as ImageJ writes them, with calibration, colours, labels, overlay and Info, but with
 * failures thrown: ImageJ's own way shows them in a dialog.
 */
public final class TiffFile {

  private TiffFile() {}

  /**
   * Writes an image.
   *
   * @throws IOException if the file cannot be written; the message says which
   */
  public static void write(ImagePlus image, Path file) throws IOException {
    FileSaver saver = new FileSaver(image);
    FileInfo info = image.getFileInfo();
    info.description = saver.getDescriptionString();
    info.info = image.getInfoProperty();
    info.properties = image.getPropertiesAsArray();
    info.roi = RoiEncoder.saveAsByteArray(image.getRoi());
    info.overlay = FileSaver.getOverlay(image);
    info.sliceLabels = image.getStackSize() == 1 ? null : image.getStack().getSliceLabels();
    if (image.isComposite()) {
      saver.saveDisplayRangesAndLuts(image, info);
    } else {
      LUT colours = image.getLuts()[0];
      info.displayRanges = new double[] {colours.min, colours.max};
      info.channelLuts = new byte[][] {colours.getBytes()};
    }
    try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file))) {
      new TiffEncoder(info).write(output);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads an image.
   *
   * @throws IOException if it cannot be read; the message says which
   */
  public static ImagePlus read(Path file) throws IOException {
    ImagePlus image = Files.isReadable(file) ? IJ.openImage(file.toString()) : null;
    if (image == null) {
      throw new IOException(file + " is no image that ImageJ can open, or it is damaged.");
    }
    FileInfo info = image.getOriginalFileInfo();
    boolean hasColours = info != null && info.channelLuts != null && info.displayRanges != null;
    // ImageJ keeps them for images of several channels only.
    if (!image.isComposite() && hasColours) {
      image.setLut(colours(info.channelLuts[0]));
      image.setDisplayRange(info.displayRanges[0], info.displayRanges[1]);
    }
    return image;
  }

  /** Red, green and blue one after the other. */
  private static LUT colours(byte[] bytes) {
    int size = bytes.length / 3;
    return new LUT(
        Arrays.copyOf(bytes, size),
        Arrays.copyOfRange(bytes, size, 2 * size),
        Arrays.copyOfRange(bytes, 2 * size, 3 * size));
  }
}
