package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.plugin.frame.RoiManager;
import java.awt.HeadlessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The regions of interest that a user has: in the ROI Manager, in a file, or as a selection. */
public final class RegionsOfInterest {

  private static final String ENDING = ".roi";

  private RegionsOfInterest() {}

  /**
   * The regions of the ROI Manager, or the selection of an image where it has none.
   *
   * @throws IllegalArgumentException if there are none; the message says what to do
   */
  public static List<Roi> ofManager(ImagePlus image) {
    List<Roi> managed = managed();
    if (!managed.isEmpty()) {
      return managed;
    }
    if (image.getRoi() == null) {
      throw new IllegalArgumentException(
          "There are no regions to measure. Add selections to the ROI Manager (Analyze > Tools),"
              + " select a part of \"%s\", or give a file of them in rois=[...]."
                  .formatted(image.getTitle()));
    }
    return List.of(image.getRoi());
  }

  private static List<Roi> managed() {
    try {
      RoiManager manager = RoiManager.getInstance2();
      return manager == null ? List.of() : List.of(manager.getRoisAsArray());
    } catch (HeadlessException e) {
      return List.of(); // In batch mode ImageJ would make one, and has no window for it.
    }
  }

  /**
   * Reads regions from a file as the ROI Manager saves them: a zip file, or a single .roi.
   *
   * @throws IOException if there is no such file, or it holds none; the message says which
   */
  public static List<Roi> of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("There is no file " + file + ".");
    }
    List<Roi> regions =
        file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)
            ? List.of(decoded(file, file.getFileName().toString(), Files.readAllBytes(file)))
            : ofZip(file);
    if (regions.isEmpty()) {
      throw new IOException(
          file
              + " holds no regions. Give a file that the ROI Manager has saved (More > Save...):"
              + " .zip or .roi.");
    }
    return regions;
  }

  private static List<Roi> ofZip(Path file) throws IOException {
    List<Roi> regions = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(ENDING)) {
          regions.add(decoded(file, entry.getName(), zip.readAllBytes()));
        }
      }
    } catch (ZipException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
    return regions;
  }

  private static Roi decoded(Path file, String name, byte[] bytes) throws IOException {
    Roi region = RoiDecoder.openFromByteArray(bytes);
    if (region == null) {
      throw new IOException("%s: \"%s\" is no region of ImageJ.".formatted(file, name));
    }
    if (region.getName() == null) {
      region.setName(name.substring(0, name.length() - ENDING.length()));
    }
    return region;
  }
}
