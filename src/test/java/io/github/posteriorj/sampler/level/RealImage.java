package io.github.posteriorj.sampler.level;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The densest square of a real image: the one whose intensities are spread the most, on a grid of a
 * quarter of its side.
 *
 * @param name of what it shows
 * @param pixels row after row, its darkest and brightest mapped to the ends of a range
 */
record RealImage(String name, float[] pixels) {

  /** What an image shows, and which file of a folder of open microscopy data it is. */
  private record Source(String name, String file) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("actin-1", "cellprofiler_actin/01_POS002_F.TIF"),
          new Source("actin-2", "vimslab_filaments/actin_airyscan/034_*"),
          new Source("mitochondria-1", "napari_mito_hcs/ko_mito_image.tif"),
          new Source("mitochondria-2", "mitoannotation/Mito_100nM_NAO.tif"),
          new Source("microtubules", "neubias_training/xy_16bit__microtubules.tif"),
          new Source("plant walls", "surfcut2_plant/SurfCut_Hypocotyl_GFP-MBD_L1_cells.tif"),
          new Source("nuclei", "bbbc039/*_E12_*"),
          new Source("dendrites", "mapmanager_dendrites/MAX_rr30a_tp0_ch2.png"),
          new Source("bacteria", "colicoords_bacteria/00074.tif"));

  /**
   * Squares of images.
   *
   * @param folder TIFF files, such as {@code test-images/held-out}, or else folders of open data
   *     with nine images that are known
   * @param names a pattern of the names of those that are read, each as large as a square
   * @param size the squares' side
   * @param low what the darkest pixel is mapped to
   * @param high what the brightest pixel is mapped to
   */
  static List<RealImage> all(Path folder, String names, int size, double low, double high)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.sorted().toList();
      List<Source> own = found.stream().map(folder::relativize).flatMap(RealImage::tiff).toList();
      return (own.isEmpty() ? SOURCES : own)
          .stream()
              .filter(source -> source.name().matches(names))
              .map(source -> read(found, folder, source, size, low, high))
              .toList();
    }
  }

  /** An image that lies in the folder itself, by its file's name. */
  private static Stream<Source> tiff(Path path) {
    String name = path.toString();
    return path.getNameCount() == 1 && name.endsWith(".tif")
        ? Stream.of(new Source(name.replace(".tif", ""), name))
        : Stream.empty();
  }

  private static RealImage read(
      List<Path> files, Path folder, Source source, int size, double low, double high) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + source.file());
    Path file =
        files.stream()
            .filter(path -> matcher.matches(folder.relativize(path)))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        new FileNotFoundException(folder.resolve(source.file()).toString())));
    ImagePlus image = IJ.openImage(file.toString());
    FloatProcessor plane = image.getProcessor().convertToFloatProcessor();
    int step = size / 4;
    float[] best = null;
    for (int top = 0; top + size <= plane.getHeight(); top += step) {
      for (int left = 0; left + size <= plane.getWidth(); left += step) {
        float[] square = square(plane, left, top, size);
        if (best == null || variance(square) > variance(best)) {
          best = square;
        }
      }
    }
    return new RealImage(source.name(), stretched(best, low, high));
  }

  private static float[] square(FloatProcessor plane, int left, int top, int size) {
    float[] square = new float[size * size];
    for (int i = 0; i < square.length; i++) {
      square[i] = plane.getf(left + i % size, top + i / size);
    }
    return square;
  }

  private static double variance(float[] values) {
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    return IntStream.range(0, values.length)
        .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
        .average()
        .orElse(0);
  }

  private static float[] stretched(float[] values, double low, double high) {
    double least = IntStream.range(0, values.length).mapToDouble(i -> values[i]).min().orElse(0);
    double most = IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElse(0);
    float[] stretched = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      stretched[i] = (float) (low + (high - low) * (values[i] - least) / (most - least));
    }
    return stretched;
  }
}
