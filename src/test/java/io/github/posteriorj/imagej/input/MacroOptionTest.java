package io.github.posteriorj.imagej.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.Macro;
import io.github.posteriorj.imagej.input.MacroOption.Form;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacroOptionTest {

  @Test
  void takesKeysAndValuesApart() {
    assertEquals(
        List.of(
            new MacroOption("image", "two words", Form.QUOTED),
            new MacroOption("sigma", "2", Form.PLAIN),
            new MacroOption("noisy", "", Form.BARE)),
        MacroOption.parse("image=[two words]  sigma=2 noisy "));
  }

  @Test
  void findsNoKeyInsideAnotherOne() {
    assertEquals(
        List.of(
            new MacroOption("psf_sigma", "3", Form.PLAIN),
            new MacroOption("sigma", "2", Form.PLAIN)),
        MacroOption.parse("psf_sigma=3 sigma=2"));
  }

  @Test
  void findsNoKeyInsideAValue() {
    assertEquals(
        List.of(
            new MacroOption("title", "blur sigma=5", Form.QUOTED),
            new MacroOption("path", "/a=b/c", Form.PLAIN)),
        MacroOption.parse("title=[blur sigma=5] path=/a=b/c"));
  }

  @Test
  void allowsAnEmptyValue() {
    assertEquals(
        List.of(
            new MacroOption("title", "", Form.QUOTED), new MacroOption("folder", "", Form.PLAIN)),
        MacroOption.parse("title=[] folder="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cell]1 x.tif", "cells] 1", "cells] one 1", "cells [1", "[", "]"})
  void leavesAnUnpairedBracketInATitle(String title) {
    MacroOption image = new MacroOption("image", title, Form.QUOTED);
    assertEquals(List.of(image), MacroOption.parse("image=[" + title + "]"));
    assertEquals(
        List.of(
            image,
            new MacroOption("sigma", "2", Form.PLAIN),
            new MacroOption("prior", "a [1] b", Form.QUOTED)),
        MacroOption.parse("image=[" + title + "] sigma=2 prior=[a [1] b] "));
  }

  @Test
  void leavesAnUnpairedBracketInEachOfTwoTitles() {
    assertEquals(
        List.of(
            new MacroOption("image", "cell]1 x.tif", Form.QUOTED),
            new MacroOption("prior", "a [1", Form.QUOTED),
            new MacroOption("sigma", "2", Form.PLAIN)),
        MacroOption.parse("image=[cell]1 x.tif] prior=[a [1] sigma=2"));
  }

  @Test
  void takesNoBareWordIntoTheValueBefore() {
    assertEquals(
        List.of(
            new MacroOption("image", "two words", Form.QUOTED),
            new MacroOption("noisy", "", Form.BARE),
            new MacroOption("title", "x y", Form.QUOTED)),
        MacroOption.parse("image=[two words] noisy title=[x y]"));
  }

  @Test
  void takesTheBracketsOfOptionsWithinAValueForPairs() {
    assertEquals(
        List.of(
            new MacroOption("command", "Blur... prior=[a b] sigma=2", Form.QUOTED),
            new MacroOption("folder", "c d", Form.QUOTED)),
        MacroOption.parse("command=[Blur... prior=[a b] sigma=2] folder=[c d]"));
    assertEquals(
        List.of(
            new MacroOption("command", "Blur... prior=[a b] sigma=2", Form.QUOTED),
            new MacroOption("trust", "", Form.BARE)),
        MacroOption.parse("command=[Blur... prior=[a b] sigma=2] trust"));
  }

  @Test
  void missesAClosingBracket() {
    InvalidInputException problem =
        assertThrows(
            InvalidInputException.class, () -> MacroOption.parse("sigma=2 image=[my cells.tif"));
    assertTrue(problem.getMessage().contains("the closing ] is missing"), problem::getMessage);
  }

  /** What ImageJ's own commands would understand must not mean something else here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "key=1",
        "key=[two words] other=2",
        "key=[with [inner] brackets] other=2",
        "key='two words' other=2",
        "key=/a/[b]/c.tif other=2",
        "other=2 key=x=y"
      })
  void readsValuesAsImageJDoes(String options) {
    String value =
        MacroOption.parse(options).stream()
            .filter(option -> option.key().equals("key"))
            .findFirst()
            .orElseThrow()
            .value();
    assertEquals(Macro.getValue(options, "key", null), value);
  }
}
