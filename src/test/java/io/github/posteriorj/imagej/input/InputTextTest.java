package io.github.posteriorj.imagej.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriorj.imagej.host.EverythingCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

class InputTextTest {

  private static final CommandInfo COMMAND = new CommandInfo(EverythingCommand.class);

  @ParameterizedTest
  @CsvSource({"2.0,2", "0.001,0.001", "1.0E-5,0.00001", "1234567.5,1234567.5", "1.0E-12,1E-12"})
  void writesNumbersAsPeopleDo(double number, String text) {
    assertEquals(text, InputText.format(number));
  }

  @Test
  void describesTheRange() {
    assertEquals("between 0.5 and 20", InputText.range(input("sigma")).orElseThrow());
    assertEquals("at least 1", InputText.range(input("samples")).orElseThrow());
  }

  @Test
  void refusesNumbersOutOfRange() {
    InvalidInputException problem =
        assertThrows(
            InvalidInputException.class, () -> InputText.check(input("sigma"), "Sigma", 30.0));
    assertEquals("Sigma must be between 0.5 and 20; it is 30.", problem.getMessage());
  }

  private static ModuleItem<?> input(String name) {
    return COMMAND.getInput(name);
  }
}
