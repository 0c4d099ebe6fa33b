package io.github.posteriorj.imagej;

import ij.ImagePlus;
import io.github.posteriorj.training.TrainingImage;
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
    if (!InputPlane.isThere(image)) {
      throw new IllegalArgumentException(
          "There are no images to learn from. Open an image, and check its title in image=[...],"
              + " or give a folder of TIFF or PNG files in folder=[...].");
    }
    InputPlane.checkIsNotIndexed(image);
    int channels = image.getNChannels();
    List<TrainingImage> images = new ArrayList<>();
    for (int frame = 1; frame <= image.getNFrames(); frame++) {
      for (int slice = 1; slice <= image.getNSlices(); slice++) {
        List<float[]> planes = new ArrayList<>();
        for (int channel = 1; channel <= channels; channel++) {
          int plane = image.getStackIndex(channel, slice, frame);
          planes.addAll(PixelCopies.of(image, image.getStack().getProcessor(plane)));
        }
        String name =
            image.getTitle() + (image.getStackSize() == channels ? "" : ":" + images.size());
        images.add(
            new TrainingImage(
                name,
                PixelCopies.joined(planes),
                planes.size(),
                image.getWidth(),
                image.getHeight()));
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
    return read(ImageFiles.open(file));
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && EXTENSIONS.stream().anyMatch(name::endsWith);
  }
}
