package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import ij.IJ;
import ij.macro.Interpreter;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.imagej.input.InputText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/** What a macro's options have wrong is refused before anything is done, alike in every host. */
abstract class MacroContract extends HeadlessTest {

  /** Too small to be worked on: what is not refused for its options ends soon all the same. */
  private static final int TOO_SMALL = 4;

  private static List<CommandInfo> all() {
    return context().service(CommandService.class).getCommands().stream()
        .filter(command -> command.getClassName().startsWith("io.github.posteriorj.command."))
        .toList();
  }

  static List<Named<CommandInfo>> commands() {
    return all().stream().map(command -> named(label(command), command)).toList();
  }

  /** The inputs of all commands, each once, with the first command that has or inherits it. */
  private static Stream<Arguments> inputs(Predicate<ModuleItem<?>> wanted) {
    Map<Object, Arguments> byField = new LinkedHashMap<>();
    for (CommandInfo command : all()) {
      for (ModuleItem<?> item : command.inputs()) {
        if (wanted.test(item)) {
          byField.putIfAbsent(
              ((CommandModuleItem<?>) item).getField(),
              Arguments.of(named(label(command), command), named(item.getName(), item)));
        }
      }
    }
    return byField.values().stream();
  }

  static Stream<Arguments> numbers() {
    return inputs(item -> Types.isNumber(item.getType()));
  }

  static Stream<Arguments> numbersWithALeast() {
    return inputs(item -> item.getMinimumValue() instanceof Number);
  }

  static Stream<Arguments> numbersWithAMost() {
    return inputs(item -> item.getMaximumValue() instanceof Number);
  }

  static Stream<Arguments> flags() {
    return inputs(
        item -> Types.isBoolean(item.getType()) && !item.getName().equals("all_settings"));
  }

  static Stream<Arguments> choices() {
    return inputs(item -> item.getChoices() != null && !item.getChoices().isEmpty());
  }

  private static String label(CommandInfo command) {
    return command.getMenuPath().getLeaf().getName();
  }

  /** The message that ends a macro at the command. */
  private static String refusal(CommandInfo command, String options) {
    openCells(TOO_SMALL);
    String message = errorOf("run('%s', '%s');".formatted(label(command), options));
    assertNotNull(message, options);
    String name = label(command).replace("...", "");
    assertTrue(message.startsWith(name + ": "), message);
    return message;
  }

  private static void assertContains(String part, String message) {
    assertTrue(message.contains(part), message);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anUnknownKeyIsRefused(CommandInfo command) {
    assertContains("there is no option \"nonsense\".", refusal(command, "nonsense=1"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aKeyThatIsNearlyOneIsSuggested(CommandInfo command) {
    String key =
        StreamSupport.stream(command.inputs().spliterator(), false)
            .filter(InputText::isSettable)
            .map(ModuleItem::getName)
            .filter(name -> !name.equals("all_settings"))
            .findFirst()
            .orElseThrow();
    assertContains(
        "there is no option \"%1$sx\". Did you mean \"%1$s\"?".formatted(key),
        refusal(command, key + "x=1"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void aMalformedNumberIsRefused(CommandInfo command, ModuleItem<?> item) {
    assertContains(
        item.getName() + " must be a number; it is \"0,05\".",
        refusal(command, item.getName() + "=0,05"));
  }

  @ParameterizedTest
  @MethodSource("numbersWithALeast")
  void aNumberBelowItsLeastIsRefused(CommandInfo command, ModuleItem<?> item) {
    assertOutOfRange(command, item, ((Number) item.getMinimumValue()).doubleValue() - 1);
  }

  @ParameterizedTest
  @MethodSource("numbersWithAMost")
  void aNumberAboveItsMostIsRefused(CommandInfo command, ModuleItem<?> item) {
    assertOutOfRange(command, item, ((Number) item.getMaximumValue()).doubleValue() + 1);
  }

  private static void assertOutOfRange(CommandInfo command, ModuleItem<?> item, double value) {
    String written = value == Math.rint(value) ? String.valueOf((long) value) : "" + value;
    String message = refusal(command, item.getName() + "=" + written);
    assertContains(item.getName() + " must be ", message);
    assertContains("; it is " + written + ".", message);
    Stream.of(item.getMinimumValue(), item.getMaximumValue())
        .filter(Objects::nonNull)
        .map(limit -> limit.toString().replaceAll("\\.0$", ""))
        .forEach(limit -> assertContains(" " + limit, message));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void aFlagThatIsNeitherTrueNorFalseIsRefused(CommandInfo command, ModuleItem<?> item) {
    assertContains(
        item.getName() + " must be true or false; it is \"yes\".",
        refusal(command, item.getName() + "=yes"));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void anUnknownChoiceIsRefused(CommandInfo command, ModuleItem<?> item) {
    assertContains(
        item.getName() + " has no choice \"nonsense\".",
        refusal(command, item.getName() + "=nonsense"));
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
  void aRefusalSaysWhatToDoAndEndsTheMacro(String options, String message) {
    openCells(TOO_SMALL);
    assertRefused(
        "Simulate Gaussian Blur: " + message,
        "run('Simulate Gaussian Blur...', '" + options + "');");
  }

  @Test
  void aFailureOfTheRunEndsTheMacroToo() {
    Interpreter.batchMode = true;
    IJ.createImage("cells", "8-bit white", 32, 32, 1).show();
    assertRefused("\"cells\" is constant", "run('Simulate Gaussian Blur...', 'noise=1');");
  }

  private static void openCells(int size) {
    Interpreter.batchMode = true;
    IJ.createImage("cells", "32-bit ramp", size, size, 1).show();
  }

  /** Nothing of what comes after it is done. */
  private static void assertRefused(String message, String macro) {
    String error = errorOf(macro + "newImage('after', '8-bit', 9, 9, 1);");
    assertTrue(String.valueOf(error).startsWith(message), error);
    assertEquals(List.of("cells"), openTitles());
  }

  @Test
  void aResultIsTheActiveImageOfTheNextLine() {
    openCells(32);
    assertNull(
        errorOf(
            """
            newImage("other", "32-bit ramp", 32, 32, 1);
            run("Simulate Gaussian Blur...", "image=cells noise=1");
            if (getTitle() != "cells-measurement") exit(getTitle());
            run("Simulate Noise...", "noise=1");
            if (getTitle() != "cells-measurement-measurement") exit(getTitle());
            selectImage("other"); run("Simulate Noise...", "noise=1");
            rename("of the next line");
            """));
    assertEquals(
        List.of(
            "cells",
            "other",
            "cells-measurement",
            "cells-measurement-measurement",
            "of the next line"),
        openTitles());
  }
}
