package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadlessMacroTest extends HeadlessTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"UTF-8, 細胞 ж", "UTF-8, Größe in µm", "ISO-8859-1, Größe in µm"})
  void lettersOfAllScriptsAreRead(Charset charset, String letters) throws IOException {
    Path macro =
        Files.writeString(
            folder.resolve("letters.ijm"), "print(\"%s\");".formatted(letters), charset);
    String log = logOf(() -> assertTrue(HeadlessMacro.runHere(macro, "", System.err)));
    assertEquals(letters, log.strip());
  }
}
