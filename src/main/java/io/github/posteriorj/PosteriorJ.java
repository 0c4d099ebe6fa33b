package io.github.posteriorj;

import ij.IJ;
import ij.ImageJ;
import io.github.posteriorj.imagej.host.HeadlessMacro;
import io.github.posteriorj.imagej.host.MenuEntries;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Starts plain ImageJ with PosteriorJ's commands in its menus, or runs a macro without a window.
 *
 * <pre>
 * PosteriorJ                                  opens ImageJ
 * PosteriorJ -macro FILE [ARGUMENT]           opens ImageJ and runs a macro
 * PosteriorJ --headless -macro FILE [ARGUMENT]   runs a macro without a window, then exits
 * </pre>
 *
 * <p>The options are Fiji's. The exit status is 0 when all went well, 1 when the macro failed or
 * ImageJ could not start, and 2 when the command line was not understood; the reason is written to
 * standard error.
 */
public final class PosteriorJ {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private static final String USAGE =
      """
      Usage: PosteriorJ [--headless] [-macro FILE [ARGUMENT]]

        -macro FILE [ARGUMENT]  run a macro; getArgument() in it returns ARGUMENT
        --headless              open no window; needs -macro
        --version               show the version
        --help                  show this help
      """;

  private PosteriorJ() {}

  /**
   * Starts ImageJ.
   *
   * @param arguments see the class
   */
  public static void main(String[] arguments) {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(MISUSED);
      return;
    }
    if (options.information != null) {
      System.out.print(options.information);
      return;
    }
    useWorkingDirectory();
    if (options.headless) {
      System.setProperty("java.awt.headless", "true"); // before AWT is loaded
      boolean passed = HeadlessMacro.run(options.macro, options.argument, System.err);
      // ImageJ's threads would keep the process alive.
      System.exit(passed ? 0 : FAILED);
    }
    if (!openWindow(System.err)) {
      System.exit(FAILED);
    }
    MenuEntries.install();
    if (options.macro != null) {
      IJ.runMacroFile(options.macro.toAbsolutePath().toString(), options.argument);
    }
  }

  /** In a checkout the folders plugins, macros and models are those of an ImageJ installation. */
  private static void useWorkingDirectory() {
    Path here = Path.of("").toAbsolutePath();
    if (System.getProperty("plugins.dir") == null && Files.isDirectory(here.resolve("plugins"))) {
      System.setProperty("plugins.dir", here.toString());
    }
  }

  private static boolean openWindow(PrintStream errors) {
    try {
      if (!GraphicsEnvironment.isHeadless()) {
        new ImageJ().exitWhenQuitting(true);
        return true;
      }
    } catch (AWTError e) {
      // A display is named but can't be reached; that is as good as none.
    }
    errors.println(
        "There is no display to open ImageJ on. To run a macro without one, use --headless -macro"
            + " FILE.");
    return false;
  }

  /** The command line, understood. */
  private static final class Options {

    private boolean headless;
    private Path macro;
    private String argument = "";
    private String information;

    /**
     * @throws IllegalArgumentException saying what is wrong with the command line
     */
    static Options parse(String[] arguments) {
      Options options = new Options();
      Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
      while (!rest.isEmpty()) {
        String option = rest.remove();
        switch (option) {
          case "--headless", "-headless" -> options.headless = true;
          case "--macro", "-macro" -> options.parseMacro(rest);
          case "--help", "-help", "-h" -> options.information = USAGE;
          case "--version", "-version" -> options.information = version();
          default -> throw new IllegalArgumentException("Unknown option: " + option);
        }
      }
      if (options.headless && options.macro == null && options.information == null) {
        throw new IllegalArgumentException("--headless needs a macro: --headless -macro FILE");
      }
      return options;
    }

    private void parseMacro(Deque<String> rest) {
      if (rest.isEmpty()) {
        throw new IllegalArgumentException("-macro needs the path of a macro file");
      }
      macro = Path.of(rest.remove());
      if (!rest.isEmpty() && !rest.element().startsWith("--")) {
        argument = rest.remove();
      }
    }

    private static String version() {
      String version = PosteriorJ.class.getPackage().getImplementationVersion();
      return "PosteriorJ " + (version == null ? "(development)" : version) + "\n";
    }
  }
}
