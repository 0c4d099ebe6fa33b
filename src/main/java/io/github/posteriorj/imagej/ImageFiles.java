package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The image files of a folder. */
public final class ImageFiles {

  private ImageFiles() {}

  /**
   * The files of a folder whose names fit, in the order of their names. Hidden ones are left out:
   * macOS keeps files of another kind beside images on foreign disks, named with a dot before.
   *
   * @param patterns such as {@code *.tif *.png}, with spaces between them; upper and lower case are
   *     the same
   * @throws IOException if there is no such folder, or no such file in it; the message says which
   */
  public static List<Path> of(Path folder, String patterns) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("There is no folder " + folder + ".");
    }
    List<PathMatcher> matchers = new ArrayList<>();
    for (String pattern : patterns.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
      matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + escaped(pattern)));
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> isImage(file, matchers)).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException(
          "There are no images in %s: no file whose name fits \"%s\".".formatted(folder, patterns));
    }
    return files;
  }

  /** Other signs than * and ? mean themselves. */
  private static String escaped(String pattern) {
    return pattern.replaceAll("([\\[\\]{}\\\\])", "\\\\$1");
  }

  private static boolean isImage(Path file, List<PathMatcher> matchers) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(name)));
  }

  /**
   * Opens an image without showing it.
   *
   * @throws IOException if ImageJ cannot read it
   */
  public static ImagePlus open(Path file) throws IOException {
    Opener opener = new Opener();
    opener.setSilentMode(true);
    // Of other files ImageJ would make text windows, or ask what they are.
    boolean isKnown =
        switch (opener.getFileType(file.toString())) {
          case Opener.UNKNOWN, Opener.TEXT, Opener.JAVA_OR_TEXT, Opener.TABLE, Opener.ROI -> false;
          default -> true;
        };
    ImagePlus image = isKnown ? opener.openImage(file.toString()) : null;
    if (image == null) {
      throw new IOException(
          "ImageJ cannot read " + file + ": it is damaged or no image. Leave it out.");
    }
    return image;
  }
}
