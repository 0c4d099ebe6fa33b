package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.posteriorj.prior.training.TrainingImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the images that a prior is to learn from: of ImageJ, or of a folder. */
public final class SharpImages {

  private static final List<String> EXTENSIONS = List.of(".tif", ".tiff", ".png");

  private SharpImages() {}

  /**
   * Copies all planes of an image: one training image for each slice and frame, with all of its
   * channels, or with the three of an RGB image.
   *
   * @throws IllegalArgumentException if there is no image, its colours are indexed, or a plane is
   *     constant or not finite
   */
  public static List<TrainingImage> read(ImagePlus image) {
    if (image == null || image.getWidth() == 0 || image.getProcessor() == null) {
      throw new IllegalArgumentException(
          "There are no images to learn from. Open an image, and check its title in image=[...],"
              + " or give a folder of TIFF or PNG files in folder=[...].");
    }
    if (image.getType() == ImagePlus.COLOR_256) {
      throw new IllegalArgumentException(
          "\""
              + image.getTitle()
              + "\" has indexed colours. Use Image > Type > 8-bit or RGB Color first.");
    }
    int channels = image.getNChannels();
    List<TrainingImage> images = new ArrayList<>();
    for (int frame = 1; frame <= image.getNFrames(); frame++) {
      for (int slice = 1; slice <= image.getNSlices(); slice++) {
        List<float[]> planes = new ArrayList<>();
        for (int channel = 1; channel <= channels; channel++) {
          planes.addAll(planes(image, image.getStackIndex(channel, slice, frame)));
        }
        String name =
            image.getTitle() + (image.getStackSize() == channels ? "" : ":" + images.size());
        images.add(joined(name, planes, image.getWidth(), image.getHeight()));
      }
    }
    return images;
  }

  /**
   * The TIFF and PNG files of a folder, in the order of their names.
   *
   * @throws IOException if there is no such folder, or no such file in it
   */
  public static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("There is no folder " + folder + ".");
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(SharpImages::isImage).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException(
          "There are no images to learn from in " + folder + ": no TIFF or PNG files.");
    }
    return files;
  }

  /**
   * Reads all planes of a file.
   *
   * @throws IOException if ImageJ cannot read it
   * @throws IllegalArgumentException as {@link #read} does
   */
  public static List<TrainingImage> open(Path file) throws IOException {
    Opener opener = new Opener();
    opener.setSilentMode(true);
    int type = opener.getFileType(file.toString());
    // Of other files ImageJ would make text windows, or ask what they are.
    boolean known = type == Opener.TIFF || type == Opener.TIFF_AND_DICOM || type == Opener.PNG;
    ImagePlus image = known ? opener.openImage(file.toString()) : null;
    if (image == null) {
      throw new IOException(
          "ImageJ cannot read " + file + ": it is damaged or no image. Leave it out.");
    }
    return read(image);
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  private static List<float[]> planes(ImagePlus image, int index) {
    ImageStack stack = image.getStack();
    ImageProcessor processor = stack.getProcessor(index);
    if (processor instanceof ColorProcessor colour) {
      List<float[]> planes = new ArrayList<>();
      for (int channel = 0; channel < 3; channel++) {
        planes.add((float[]) colour.toFloat(channel, null).getPixels());
      }
      return planes;
    }
    processor.setCalibrationTable(image.getCalibration().getCTable());
    return List.of((float[]) processor.convertToFloatProcessor().getPixelsCopy());
  }

  private static TrainingImage joined(String name, List<float[]> planes, int width, int height) {
    float[] pixels = new float[planes.size() * width * height];
    for (int channel = 0; channel < planes.size(); channel++) {
      System.arraycopy(planes.get(channel), 0, pixels, channel * width * height, width * height);
    }
    return new TrainingImage(name, pixels, planes.size(), width, height);
  }
}
