package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ij.IJ;
import ij.WindowManager;
import ij.macro.Interpreter;
import io.github.posteriorj.imagej.fiji.Fiji;
import io.github.posteriorj.imagej.fiji.FijiDialog;
import io.github.posteriorj.imagej.fiji.ShownField;
import io.github.posteriorj.imagej.fiji.ShownField.Kind;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.imagej.input.InputText;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

/** What Fiji shows of the commands, and does with them in macros. */
class CommandsInFijiTest extends HeadlessTest {

  private static Fiji fiji;

  @BeforeAll
  static void startFiji() {
    fiji = Fiji.start();
  }

  @AfterAll
  static void quitFiji() {
    fiji.close();
  }

  static List<CommandInfo> commands() {
    return fiji.commands();
  }

  private static void openRamps(String... titles) {
    Interpreter.batchMode = true;
    for (String title : titles) {
      IJ.createImage(title, "32-bit ramp", 32, 32, 1).show();
    }
  }

  private static List<ModuleItem<?>> inputs(CommandInfo command) {
    return StreamSupport.stream(command.inputs().spliterator(), false)
        .<ModuleItem<?>>map(item -> item)
        .filter(InputText::isSettable)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theDialogShowsTheOpenFieldsOnly(CommandInfo command) {
    openRamps("first", "second");
    FijiDialog dialog = fiji.dialog(command);
    assertEquals("", dialog.refusal());
    List<String> shown = dialog.names();
    assertTrue(shown.stream().filter(name -> !name.equals("all_settings")).count() <= 9);
    for (ModuleItem<?> item : inputs(command)) {
      if (InputText.attribute(item, InputText.GROUP).isPresent()) {
        assertFalse(shown.contains(item.getName()), item::getName);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noImageIsPresetButTheActiveOne(CommandInfo command) {
    openRamps("first", "second");
    FijiDialog dialog = fiji.dialog(command);
    for (ModuleItem<?> item : inputs(command)) {
      if (InputText.attribute(item, InputText.IMAGE).isPresent()
          && dialog.names().contains(item.getName())) {
        ShownField field = dialog.field(item.getName());
        assertEquals(Kind.CHOICE, field.kind());
        assertTrue(field.choices().containsAll(List.of("first", "second")));
        assertEquals(field.name().equals("image") ? "second" : "none", field.text());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void numbersShowTheirDecimals(CommandInfo command) {
    openRamps("image");
    for (ShownField field : fiji.dialog(command).fields()) {
      if (field.kind() == Kind.NUMBER && command.getInput(field.name()).getType() == double.class) {
        assertEquals("0.0312", field.textAfterTyping(0.0312), field.name());
        assertEquals("2", field.textAfterTyping(2), field.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void withoutAnImageNoDialogAppears(CommandInfo command) {
    assumeFalse(
        inputs(command).stream()
            .noneMatch(item -> InputText.attribute(item, InputText.IMAGE).isPresent()));
    assumeFalse(command.getClassName().matches(".*(WithNetworkOperator|FineTunePrior)"));
    assertEquals(List.of(), fiji.dialog(command).fields());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          psf_sgima=4        | there is no option "psf_sgima". Did you mean "psf_sigma"?
          noise=0,05         | noise must be a number; it is "0,05". Write a point: 0.05.
          noise=-1           | noise must be at least 0; it is -1.
          noise              | "noise" stands alone. Write noise=value.
          illumination=light | illumination asks for the image "light", which is not open.
          seed=1 seed=2      | "seed" is given twice. Leave one of the two out.
          """)
  void whatFijiIgnoresIsRefused(String options, String message) {
    openRamps("image");
    String error =
        errorOf(
            "run('Simulate Gaussian Blur...', '"
                + options
                + "'); newImage('x', '8-bit', 9, 9, 1);");
    assertTrue(String.valueOf(error).startsWith("Simulate Gaussian Blur: " + message), error);
    assertEquals(List.of("image"), openTitles());
  }

  @Test
  void aFailureOfTheRunEndsTheMacro() {
    String error =
        errorOf(
            "newImage('flat', '8-bit white', 32, 32, 1); run('Simulate Gaussian Blur...',"
                + " 'image=flat noise=1'); newImage('x', '8-bit', 9, 9, 1);");
    assertTrue(String.valueOf(error).startsWith("\"flat\" is constant"), error);
    assertEquals(List.of("flat"), openTitles());
  }

  @Test
  void aResultIsActiveForTheNextLine() {
    String macro =
        BadInput.CELLS
            + "cells('cells', '32-bit', 32, 32); cells('other', '32-bit', 32, 32);"
            + "run('Simulate Gaussian Blur...', 'image=cells noise=1');"
            + "if (getTitle() != 'cells-measurement') exit(getTitle());"
            + "run('Simulate Noise...', 'noise=1');"
            + "if (getTitle() != 'cells-measurement-measurement') exit(getTitle());"
            + "selectImage('other'); run('Simulate Noise...', 'noise=1');"
            + "if (getTitle() != 'other-measurement') exit(getTitle());";
    assertNull(errorOf(macro));
    assertEquals("other-measurement", WindowManager.getCurrentImage().getTitle());
  }
}
