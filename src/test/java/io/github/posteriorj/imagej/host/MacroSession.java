package io.github.posteriorj.imagej.host;

import ij.WindowManager;
import ij.macro.Interpreter;
import io.github.posteriorj.imagej.host.ChildJvm.Result;
import io.github.posteriorj.imagej.host.headless.HeadlessClassLoader;
import io.github.posteriorj.imagej.input.OpenImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs macros without a window, one after the other in one JVM of their own, as one is run there by
 * itself: each finds no image open, and leaves its exit status, output and errors.
 */
public final class MacroSession {

  private MacroSession() {}

  /** Runs macros in a folder; all are given the same argument. */
  public static List<Result> run(Path folder, List<String> macros, String argument)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(argument));
    for (int i = 0; i < macros.size(); i++) {
      Files.writeString(folder.resolve(file(i, "ijm")), macros.get(i));
      arguments.add(String.valueOf(i));
    }
    Result session =
        ChildJvm.run(
            folder, Map.of(), MacroSession.class.getName(), arguments.toArray(String[]::new));
    if (session.status() != 0) {
      throw new IOException("The macros were not run: " + session);
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < macros.size(); i++) {
      results.add(
          new Result(
              Integer.parseInt(Files.readString(folder.resolve(file(i, "status")))),
              Files.readString(folder.resolve(file(i, "out"))),
              Files.readString(folder.resolve(file(i, "err")))));
    }
    return results;
  }

  private static String file(int macro, String suffix) {
    return "macro-" + macro + "." + suffix;
  }

  /** Loads ImageJ anew such that it needs no display, as {@link HeadlessMacro} does. */
  public static void main(String[] arguments) throws Exception {
    try (HeadlessClassLoader loader = new HeadlessClassLoader()) {
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass(MacroSession.class.getName())
          .getMethod("runAll", String[].class)
          .invoke(null, (Object) arguments);
    }
    System.exit(0); // ImageJ's threads would keep the process alive.
  }

  /** Runs the macros of the numbers that follow the macros' argument. */
  public static void runAll(String[] arguments) throws IOException {
    PrintStream output = System.out;
    PrintStream errors = System.err;
    for (int i = 1; i < arguments.length; i++) {
      int macro = Integer.parseInt(arguments[i]);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      boolean passed;
      try {
        passed = HeadlessMacro.runHere(Path.of(file(macro, "ijm")), arguments[0], System.err);
      } finally {
        System.setOut(output);
        System.setErr(errors);
      }
      Files.writeString(Path.of(file(macro, "status")), passed ? "0" : "1");
      Files.write(Path.of(file(macro, "out")), out.toByteArray());
      Files.write(Path.of(file(macro, "err")), err.toByteArray());
      closeImages();
    }
  }

  private static void closeImages() {
    Interpreter.batchMode = true; // else ImageJ would look for windows
    OpenImages.all().forEach(Interpreter::removeBatchModeImage);
    WindowManager.setTempCurrentImage(null);
    Interpreter.batchMode = false;
  }
}
