package io.github.posteriorj.imagej.host;

import io.github.posteriorj.imagej.host.headless.Dialog;
import io.github.posteriorj.imagej.host.headless.MacroErrorMessage;
import io.github.posteriorj.imagej.input.Failure;
import java.awt.HeadlessException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;

/**
 * Standard output without the messages of failure that ImageJ, having no window, would print there;
 * or standard error, to know of those that PosteriorJ prints there.
 *
 * <p>ImageJ has no better sign of them: {@code exit("message")} in a macro, an exception in one of
 * its commands and {@code IJ.error} in a plugin all end as a printed line, distinguishable from a
 * macro's own {@code print} by who printed it only.
 */
final class MessageCatcher extends PrintStream {

  /** Between {@code println} and the method that tells the kinds of message apart. */
  private static final int FRAMES = 8;

  /** The methods that print messages of failure, be it through IJ.log or IJ.showMessage. */
  private static final Set<String> SOURCES =
      Set.of(
          "ij.IJ.error",
          "ij.IJ.handleException",
          "ij.Executer.run",
          "ij.macro.Functions.call",
          "ij.macro.Functions.exit",
          Dialog.class.getName() + ".pack",
          MacroErrorMessage.class.getName() + ".showDialog",
          Failure.class.getName() + ".print");

  private final PrintStream errors;
  private boolean caught;

  MessageCatcher(PrintStream output, PrintStream errors) {
    super(output, true, Charset.defaultCharset());
    this.errors = errors;
  }

  @Override
  public void println(String line) {
    if (isMessageOfFailure()) {
      caught = true;
      errors.println(readable(line));
    } else {
      super.println(line);
    }
  }

  private static String readable(String message) {
    return message.startsWith(HeadlessException.class.getName())
        ? "A command opens a window or dialog, which needs a display."
        : message;
  }

  /** Tells whether any message was taken out. */
  boolean caughtMessage() {
    return caught;
  }

  private static boolean isMessageOfFailure() {
    List<String> callers =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .skip(2) // this method and println
                        .limit(FRAMES)
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .dropWhile("ij.IJ.log"::equals)
                        .dropWhile("ij.IJ.showMessage"::equals)
                        .toList());
    return !callers.isEmpty() && SOURCES.contains(callers.get(0));
  }
}
