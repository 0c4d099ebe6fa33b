package io.github.posteriorj.imagej.input;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * How failures reach the user: in a dialog, or on standard error where there is no window. A macro
 * that runs ends with them.
 *
 * <p>In Fiji a command runs in another thread than its macro. There {@code IJ.error} finds the
 * macro's options and shows nothing, and what it throws to end the macro comes out as an exception
 * of the command. So this does without it, from whatever thread, in Fiji and in plain ImageJ.
 */
public final class Failure {

  private static final String TITLE = "PosteriorJ";

  private static final int COLUMNS = 80;

  private Failure() {}

  /** Shows a message, and ends the macro if one runs. */
  public static void show(String message) {
    Interpreter macro = Interpreter.getInstance();
    String text =
        macro == null
            ? message
            : message + "\n(Line %d of the macro.)".formatted(macro.getLineNumber());
    if (IJ.getInstance() == null) {
      print(text);
    } else {
      explain(text);
    }
    end(macro, message);
  }

  /** Shows a message in a dialog; a macro goes on afterwards. */
  static void explain(String message) {
    try {
      IJ.showMessage(TITLE, inLines(message));
    } catch (RuntimeException e) {
      // The user has closed it by ESC, which ends macros.
      if (!isMacroCanceled(e)) {
        throw e;
      }
    }
  }

  /** Ends the macro that runs, if any, without a word. */
  public static void endMacro() {
    end(Interpreter.getInstance(), null);
  }

  /**
   * ImageJ's other ways to end a macro throw an exception, or wait for the macro, which waits for
   * the command.
   *
   * @param message what it ends with, or null if nothing is wrong
   */
  private static void end(Interpreter macro, String message) {
    if (macro != null) {
      // Then it notes the message, and neither shows nor throws it.
      macro.setIgnoreErrors(true);
      macro.abort(message);
    }
  }

  /** Breaks a message into lines, because ImageJ's dialogs would be as wide as the longest. */
  public static String inLines(String message) {
    return message.replaceAll("(.{1," + COLUMNS + "})( +|$)", "$1\n").strip();
  }

  /** Tells whether an exception only carries the news that the macro has ended. */
  public static boolean isMacroCanceled(Throwable failure) {
    return failure instanceof RuntimeException && Macro.MACRO_CANCELED.equals(failure.getMessage());
  }

  private static void print(String text) {
    System.err.println(text);
  }

  /**
   * Describes an exception of a command in words; the stack trace goes to the Log window in
   * ImageJ's debug mode only.
   */
  public static String describe(String command, Throwable failure) {
    if (IJ.debugMode) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      IJ.log(trace.toString());
    }
    boolean meantForPeople =
        failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure instanceof ArithmeticException
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
