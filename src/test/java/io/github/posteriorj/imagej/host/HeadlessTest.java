package io.github.posteriorj.imagej.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import io.github.posteriorj.imagej.input.Failure;
import io.github.posteriorj.imagej.input.OpenImages;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.scijava.Context;
import org.scijava.Contextual;
import org.scijava.module.Module;

/** Runs macros without a window in the tests' own JVM. */
public abstract class HeadlessTest {

  @BeforeAll
  static void installCommand() {
    MenuEntries.install();
    MenuEntries.install(
        new MenuEntry(
            EverythingCommand.MENU, EverythingCommand.LABEL, EverythingCommand.class.getName()));
  }

  @BeforeEach
  void startClean() {
    EverythingCommand.forget();
  }

  /** Closes all images. */
  @AfterEach
  protected void closeImages() {
    Interpreter.batchMode = true; // else ImageJ would look for windows
    for (var image : OpenImages.all()) {
      image.changes = false;
      Interpreter.removeBatchModeImage(image);
      WindowManager.setTempCurrentImage(null);
    }
  }

  /** Runs a macro and returns its error, or null when there was none. */
  protected static String errorOf(String macro) {
    Interpreter interpreter = new Interpreter();
    try {
      interpreter.run(macro, "");
    } catch (RuntimeException e) {
      if (!interpreter.wasError() && !Failure.isMacroCanceled(e)) {
        throw e;
      }
    }
    return interpreter.getErrorMessage();
  }

  /** What is written to ImageJ's log meanwhile: without a window it goes to standard output. */
  protected static String logOf(Runnable work) {
    PrintStream output = System.out;
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    System.setOut(new PrintStream(logged, true, UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(output);
    }
    return logged.toString(UTF_8);
  }

  /** The SciJava context that commands run in. */
  protected static Context context() {
    Module module = Host.instance().create(EverythingCommand.class.getName());
    return ((Contextual) module.getDelegateObject()).context();
  }

  /** The titles of the images that are open. */
  protected static List<String> openTitles() {
    return OpenImages.all().stream().map(ImagePlus::getTitle).toList();
  }

  /** Runs the test command with options, quotes doubled as single ones in the macro. */
  static String errorOfCommand(String options) {
    return errorOf("run('" + EverythingCommand.LABEL + "', '" + options + "');");
  }
}
