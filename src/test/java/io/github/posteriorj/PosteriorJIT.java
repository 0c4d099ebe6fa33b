package io.github.posteriorj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.host.ChildJvm;
import io.github.posteriorj.imagej.host.ChildJvm.Result;
import io.github.posteriorj.imagej.host.MacroSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PosteriorJIT {

  @TempDir private Path directory;

  @Test
  void aMacroSeesItsArgumentAndEndsWell() throws Exception {
    Result result = runMacro("print('given ' + getArgument());", "two words");
    assertEquals(new Result(0, "given two words\n", ""), result);
  }

  @Test
  void commandsOfImageJRunWithoutADisplay() throws Exception {
    for (String folder : List.of("plugins", "macros")) {
      Files.createDirectory(directory.resolve(folder)); // as in an installation of ImageJ
    }
    Result result =
        runMacro(
            "newImage('ramp', '8-bit ramp', 64, 64, 1); run('Gaussian Blur...', 'sigma=2');"
                + "run('Duplicate...', 'title=copy'); run('32-bit');"
                + "run('Size...', 'width=32 height=16 depth=1 average interpolation=Bilinear');"
                + "saveAs('Tiff', getArgument() + '/copy.tif'); run('Close All');"
                + "open(getArgument() + '/copy.tif');"
                + "print(getTitle(), getWidth(), getHeight(), bitDepth());",
            directory.toString());
    assertEquals(new Result(0, "copy.tif 32 16 32\n", ""), result);
  }

  @Test
  void aMacroMayEndItself() throws Exception {
    assertEquals(0, runMacro("exit();", "").status());
  }

  /** Macros that fail after they have printed a word, and what of. */
  private static final Map<String, String> FAILURES =
      Map.of(
          "\nrun('No Such Command');", "Unrecognized command: \"No Such Command\" in line 2",
          "x = ;", "expected in line 1",
          "exit('This is why');", "This is why",
          "call('ij.IJ.error', 'title', 'reason');", "reason",
          "call('java.lang.Integer.parseInt', 'x');", "NumberFormatException",
          "open('/no/such/file.tif');", "/no/such/file.tif",
          "Dialog.create('x'); Dialog.show();", "The dialog \"x\" needs a display",
          "newImage('x', '8-bit', 9, 9, 1); run('Gaussian Blur...');",
              "The dialog \"Gaussian Blur...\" needs",
          "runMacro(getDirectory('temp') + 'no such macro.ijm');", "not found");

  private static List<Arguments> failures(@TempDir Path folder) throws Exception {
    List<String> macros = List.copyOf(FAILURES.keySet());
    List<Result> results =
        MacroSession.run(
            folder, macros.stream().map(macro -> "print('before'); " + macro).toList(), "");
    return IntStream.range(0, macros.size())
        .mapToObj(i -> Arguments.of(macros.get(i), FAILURES.get(macros.get(i)), results.get(i)))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void aFailureIsToldOnStandardError(String macro, String message, Result result) {
    assertEquals(1, result.status(), result::toString);
    assertTrue(result.errors().contains(message), result::toString);
    assertTrue(result.output().startsWith("before\n"), result::toString);
  }

  @Test
  void aFailureEndsTheProcessWithItsStatus() throws Exception {
    String macro = "exit('This is why');";
    aFailureIsToldOnStandardError(
        macro, FAILURES.get(macro), runMacro("print('before'); " + macro, ""));
  }

  @Test
  void aMissingMacroIsNamed() throws Exception {
    Result result = run("--headless", "-macro", "nowhere.ijm");
    assertEquals(1, result.status());
    assertTrue(
        result.errors().contains(directory.resolve("nowhere.ijm").toString()), result::errors);
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, Unknown option: --nonsense",
    "--headless, needs a macro",
    "-macro, needs the path"
  })
  void aCommandLineIsRefused(String option, String message) throws Exception {
    Result result = run(option);
    assertEquals(2, result.status());
    assertTrue(result.errors().contains(message), result::errors);
    assertTrue(result.errors().contains("Usage:"), result::errors);
  }

  @Test
  void helpGoesToStandardOutput() throws Exception {
    Result result = run("--help");
    assertEquals(0, result.status());
    assertTrue(result.output().startsWith("Usage:"), result::output);
  }

  @Test
  void withoutADisplayItSaysWhatToDo() throws Exception {
    Result result = run();
    assertEquals(1, result.status());
    assertTrue(result.errors().contains("use --headless -macro FILE"), result::errors);
  }

  private Result runMacro(String macro, String argument) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("test macro.ijm"), macro);
    return run("--headless", "-macro", file.getFileName().toString(), argument);
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    return ChildJvm.run(directory, Map.of(), PosteriorJ.class.getName(), arguments);
  }
}
