package io.github.posteriorj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LengthUnitTest {

  @ParameterizedTest
  @CsvSource({
    "nm, 1e-3",
    "nanometers, 1e-3",
    "Nanometre, 1e-3",
    "\u00b5m, 1",
    "\u03bcm, 1",
    "\u039cM, 1",
    "um, 1",
    "micron, 1",
    "Microns, 1",
    "micrometer, 1",
    "micrometers, 1",
    "micrometres, 1",
    "mm, 1e3",
    "millimetres, 1e3",
    "' cm ', 1e4",
    "centimeter, 1e4",
    "m, 1e6",
    "metres, 1e6",
    "inch, 25400",
    "inches, 25400",
    "in, 25400",
  })
  void namesAreKnown(String name, double micrometres) {
    assertEquals(micrometres, LengthUnit.named(name).orElseThrow().micrometres(), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pixel", "pixels", "s", "sec", "nms", "ms", "\u00b5"})
  void otherNamesAreNoLengths(String name) {
    assertEquals(Optional.empty(), LengthUnit.named(name));
  }

  @Test
  void upperCaseOfTheMicroSignIsTheGreekLetters() {
    assertEquals(
        Optional.of(LengthUnit.MICROMETRE), LengthUnit.named("\u00b5m".toUpperCase(Locale.ROOT)));
  }
}
