package io.github.posteriorj.imagej.host;

import ij.IJ;
import ij.Macro;
import java.awt.HeadlessException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** How failures reach the user: in a dialog, or as the error that ends the running macro. */
final class Failure {

  private static final String TITLE = "PosteriorJ";

  private static final int COLUMNS = 80;

  private Failure() {}

  /**
   * Shows a message, and ends the macro if one runs.
   *
   * @throws RuntimeException ImageJ's "Macro canceled", which must pass, when a macro runs
   */
  static void show(String message) {
    try {
      IJ.error(TITLE, IJ.getInstance() == null ? message : inLines(message));
    } catch (HeadlessException e) {
      throw macroCanceled(e);
    }
  }

  /**
   * Shows an exception of a command in words; the stack trace goes to the Log window in ImageJ's
   * debug mode only.
   *
   * @throws RuntimeException ImageJ's "Macro canceled", which must pass, when a macro runs
   */
  static void show(String command, Throwable failure) {
    if (IJ.debugMode) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      IJ.log(trace.toString());
    }
    show(describe(command, failure));
  }

  /** Breaks a message into lines, because ImageJ's dialogs would be as wide as the longest. */
  static String inLines(String message) {
    return message.replaceAll("(.{1," + COLUMNS + "})( +|$)", "$1\n").strip();
  }

  /** Tells whether an exception only carries the news that the macro has ended. */
  static boolean isMacroCanceled(Throwable failure) {
    return failure instanceof RuntimeException && Macro.MACRO_CANCELED.equals(failure.getMessage());
  }

  /**
   * Without a display ImageJ ends a macro as it should, but then fails to build the dialog that
   * says so; this is what it throws otherwise.
   */
  static RuntimeException macroCanceled(Throwable cause) {
    return new RuntimeException(Macro.MACRO_CANCELED, cause);
  }

  private static String describe(String command, Throwable failure) {
    boolean meantForPeople =
        failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure instanceof UncheckedIOException
            || failure instanceof UnsupportedOperationException;
    String message = failure.getMessage();
    if (meantForPeople && message != null && !message.isBlank()) {
      return message;
    }
    return String.format(
        "%s stopped with an unexpected error: %s. To see where it arose, switch on \"Debug mode\""
            + " in Edit > Options > Misc... and run it again: the Log window then shows it.",
        command, failure);
  }
}
