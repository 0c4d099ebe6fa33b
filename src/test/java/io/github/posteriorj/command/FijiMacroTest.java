package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriorj.imagej.fiji.Fiji;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Macros in Fiji, which judges no options itself and runs commands in threads of its own. */
class FijiMacroTest extends MacroContract {

  private static Fiji fiji;

  @BeforeAll
  static void startFiji() {
    fiji = Fiji.start();
  }

  @AfterAll
  static void quitFiji() {
    fiji.close();
  }

  @AfterEach
  void nothingIsShownAsAnException() {
    assertEquals(List.of(), fiji.exceptions());
  }
}
