package io.github.posteriorj.imagej.host;

import ij.io.OpenDialog;
import ij.macro.Interpreter;
import ij.plugin.Macro_Runner;
import ij.plugin.frame.Editor;
import io.github.posteriorj.imagej.host.headless.HeadlessClassLoader;
import io.github.posteriorj.imagej.input.Failure;
import java.awt.HeadlessException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs a macro without a window and tells whether it came through.
 *
 * <p>ImageJ itself prints a failing macro's message among the macro's output and goes on as if all
 * were well; this takes such messages out and keeps count of them.
 */
public final class HeadlessMacro {

  private HeadlessMacro() {}

  /**
   * Runs a macro file with ImageJ's and PosteriorJ's commands at hand, in an ImageJ of its own.
   *
   * @param macro the file, in ImageJ's macro language
   * @param argument what {@code getArgument()} returns in the macro
   * @param errors where to say why the macro failed
   * @return whether it ran to its end, or to an {@code exit()} without a message, without any error
   * @throws IllegalStateException if ImageJ's classes cannot be loaded without a display
   */
  public static boolean run(Path macro, String argument, PrintStream errors) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (HeadlessClassLoader loader = new HeadlessClassLoader()) {
      thread.setContextClassLoader(loader);
      return (boolean)
          loader
              .loadClass(HeadlessMacro.class.getName())
              .getMethod("runHere", Path.class, String.class, PrintStream.class)
              .invoke(null, macro, argument, errors);
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("ImageJ can't be started without a display", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Does the same in the ImageJ of this class's class loader. */
  public static boolean runHere(Path macro, String argument, PrintStream errors) {
    String code;
    try {
      code = read(macro);
    } catch (IOException e) {
      errors.printf("There is no macro file that can be read at %s%n", macro.toAbsolutePath());
      return false;
    }
    MenuEntries.install();
    PrintStream output = System.out;
    PrintStream errorOutput = System.err;
    MessageCatcher catcher = new MessageCatcher(output, errors);
    MessageCatcher errorCatcher = new MessageCatcher(errorOutput, errors);
    System.setOut(catcher);
    System.setErr(errorCatcher);
    try {
      boolean passed = run(code, argument, errors);
      return passed && !catcher.caughtMessage() && !errorCatcher.caughtMessage();
    } finally {
      catcher.flush();
      System.setOut(output);
      System.setErr(errorOutput);
    }
  }

  private static boolean run(String code, String argument, PrintStream errors) {
    Interpreter interpreter = new Interpreter();
    Throwable failure = null;
    try {
      interpreter.run(code, argument);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    if (interpreter.wasError()) {
      return false; // The message has been printed already, as a dialog's would be shown.
    }
    if (failure == null || Failure.isMacroCanceled(failure)) {
      return true;
    }
    if (failure instanceof HeadlessException) {
      errors.printf(
          "The macro opens a window or dialog in line %d, which needs a display.%n",
          interpreter.getLineNumber());
    } else {
      errors.printf("The macro failed in line %d:%n", interpreter.getLineNumber());
      failure.printStackTrace(errors);
    }
    return false;
  }

  /** Reads a macro, and tells ImageJ where it came from. */
  private static String read(Path macro) throws IOException {
    String code = text(macro);
    Path file = macro.toAbsolutePath();
    Macro_Runner.setFilePath(file.toString());
    OpenDialog.setLastDirectory(file.getParent() + File.separator);
    OpenDialog.setLastName(file.getFileName().toString());
    return Editor.doInclude(code);
  }

  /** A macro's text: UTF-8 as editors write it now, or else Latin-1, which ImageJ takes all for. */
  private static String text(Path macro) throws IOException {
    try {
      return Files.readString(macro);
    } catch (CharacterCodingException e) {
      return Files.readString(macro, StandardCharsets.ISO_8859_1);
    }
  }
}
