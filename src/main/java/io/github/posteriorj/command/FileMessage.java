package io.github.posteriorj.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, for people: Java often says no more than its path. */
final class FileMessage {

  private FileMessage() {}

  /** The message of a failure. */
  static String of(IOException failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return ofPath(file);
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String ofPath(FileSystemException failure) {
    if (failure instanceof AccessDeniedException) {
      return "There is no permission for "
          + failure.getFile()
          + ". Choose another folder. For priors and settings in .posteriorj of your home, start"
          + " ImageJ's Java with -Dposteriorj.home=FOLDER.";
    }
    return failure instanceof NoSuchFileException
        ? "There is no file or folder " + failure.getFile() + "."
        : failure.getFile() + ": " + failure.getClass().getSimpleName();
  }
}
