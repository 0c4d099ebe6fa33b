package io.github.posteriorj.library;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes priors' folders that are there whole or not at all: they are written under a hidden name
 * and renamed in the end.
 *
 * @param models the folder that priors go to; it is made if it is not there
 * @param others further folders with priors, whose names must not be taken
 */
public record PriorInstaller(Path models, List<Path> others) {

  private static final double MEGABYTE = 1e6;

  /** Keeps a copy of the list. */
  public PriorInstaller {
    others = List.copyOf(others);
  }

  /** Writes the files of a prior into an empty folder. */
  @FunctionalInterface
  public interface Content {

    /** Writes the files; what is left in the folder after an exception is deleted. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Checks that a prior can get a name.
   *
   * @param replace whether an older prior of that name in {@link #models} may be replaced
   * @throws IllegalArgumentException if it is no name of a folder, or is taken; the message says by
   *     what
   */
  public void checkName(String name, boolean replace) {
    if (name.isBlank()
        || name.startsWith(".")
        || !name.equals(name.strip())
        || name.matches(".*[/\\\\:*?\"<>|\\p{Cntrl}].*")) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" is no name for a prior. Use letters, digits, spaces, - and _, such as"
              + " \"my-nuclei\".");
    }
    for (Path other : others) {
      if (Files.exists(other.resolve(name))) {
        throw new IllegalArgumentException(
            "There is a prior \""
                + name
                + "\" in "
                + other
                + " already, which would hide the new one. Choose another name.");
      }
    }
    if (!replace && Files.exists(models.resolve(name))) {
      throw new IllegalArgumentException(
          "There is a prior \""
              + name
              + "\" in "
              + models
              + " already. Choose another name, or replace it with replace=true.");
    }
  }

  /**
   * Checks, before long work, that a prior can be written.
   *
   * @param bytes its size
   * @throws IOException if the folder cannot be made, or the disk has less room
   */
  public void checkRoom(long bytes) throws IOException {
    try {
      Files.createDirectories(models);
      delete(Files.createTempDirectory(models, ".room-"));
      long room = Files.getFileStore(models).getUsableSpace();
      if (room < bytes) {
        throw new IOException(
            "There is too little room on the disk of %s: %.1f MB, and the prior needs %.1f MB."
                .formatted(models, room / MEGABYTE, bytes / MEGABYTE));
      }
    } catch (FileSystemException e) {
      throw notWritten(e);
    }
  }

  /**
   * Makes a prior.
   *
   * @param name its folder's name
   * @param replace whether an older prior of that name may be replaced
   * @param content writes its files
   * @return the prior's folder
   * @throws IllegalArgumentException as {@link #checkName} does
   * @throws IOException if the files cannot be written; nothing is left of them
   */
  public Path install(String name, boolean replace, Content content) throws IOException {
    checkName(name, replace);
    Path hidden;
    try {
      Files.createDirectories(models);
      hidden = Files.createTempDirectory(models, "." + name + "-");
    } catch (FileSystemException e) {
      throw notWritten(e);
    }
    try {
      content.writeTo(hidden);
      moveInto(models.resolve(name), hidden);
      return models.resolve(name);
    } catch (IOException e) {
      throw isOfWriting(e, hidden) ? notWritten(e) : e;
    } finally {
      delete(hidden);
    }
  }

  private void moveInto(Path folder, Path hidden) throws IOException {
    if (!Files.exists(folder)) {
      Files.move(hidden, folder);
      return;
    }
    Path old = Files.createTempDirectory(models, "." + folder.getFileName() + "-old-");
    Files.delete(old);
    Files.move(folder, old);
    try {
      Files.move(hidden, folder);
    } catch (IOException e) {
      Files.move(old, folder);
      throw e;
    }
    delete(old);
  }

  private IOException notWritten(IOException cause) {
    return new IOException(
        "The prior could not be written to "
            + models
            + ": "
            + reason(cause)
            + ". Check that the disk has room and that the folder may be written to. Nothing was"
            + " left behind.",
        cause);
  }

  private static String reason(IOException cause) {
    String reason =
        cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }

  private static boolean isOfWriting(IOException e, Path folder) {
    boolean isThere =
        e instanceof FileSystemException failure
            && (isWithin(failure.getFile(), folder) || isWithin(failure.getOtherFile(), folder));
    return isThere || isLackOfSpace(e);
  }

  private static boolean isWithin(String file, Path folder) {
    return file != null && (file + File.separator).startsWith(folder + File.separator);
  }

  private static boolean isLackOfSpace(IOException e) {
    return String.valueOf(e.getMessage())
        .matches(
            "(?is).*(no space left|not enough space|disk"
                + " (is )?full|out of disk space|quota).*");
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
