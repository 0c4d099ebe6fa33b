package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.prior.PriorConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorCardTest {

  private static final String POSTERIORJ = "config: posteriorj: ";

  @TempDir private Path folder;
  private Path file;
  private String good;

  @BeforeEach
  void writeCard() throws IOException {
    PriorFolders.writeCard(folder, 8, "ab".repeat(32));
    file = folder.resolve(PriorCard.FILE_NAME);
    good = Files.readString(file);
  }

  private String refusal() {
    String message = assertThrows(IOException.class, () -> PriorCard.read(folder)).getMessage();
    assertTrue(message.contains(folder.toString()), message);
    return message;
  }

  /** Reads a card in which the line of a key has been replaced, or taken out. */
  private String refusalWithout(String key, String replacement) throws IOException {
    Matcher line = Pattern.compile("(?m)^ *" + key + ": .*\n").matcher(good);
    assertTrue(line.find(), key);
    String indented = replacement.isEmpty() ? "" : line.group().replaceAll("\\S.*\n", replacement);
    Files.writeString(
        file,
        good.substring(0, line.start())
            + (indented.isEmpty() ? "" : indented + "\n")
            + good.substring(line.end()));
    return refusal();
  }

  @Test
  void aWholeCardIsRead() throws IOException {
    Files.writeString(
        file, good + "    intermediate_sigma: 0.5\n    reach: 0\n    of_another_version: true\n");
    PriorCard card = PriorCard.read(folder);
    assertEquals(
        new PriorCard(
            "Test prior",
            new NetworkFile(folder.resolve("network.pt").toAbsolutePath(), "ab".repeat(32)),
            Optional.empty(),
            new PriorConstants(
                0.002, 80, -1, 1, 1, 8, 8, 100, OptionalDouble.of(0.5), OptionalInt.of(0))),
        card);
  }

  @Test
  void theIntermediateLevelAndTheReachMayBeLeftOut() throws IOException {
    assertTrue(PriorCard.read(folder).constants().intermediateSigma().isEmpty());
    assertTrue(PriorCard.read(folder).constants().locality().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256",
        "sigma_min",
        "sigma_max",
        "value_range",
        "size_multiple",
        "minimum_size",
        "channels",
        "gradient_bytes_per_pixel"
      })
  void aMissingConstantIsNamed(String key) throws IOException {
    String message = refusalWithout(key, "");
    assertTrue(message.contains("\"" + POSTERIORJ + key + "\" is missing"), message);
  }

  @Test
  void otherMissingEntriesAreNamedWithTheirPlace() throws IOException {
    assertTrue(refusalWithout("name", "").contains("\"name\" is missing"));
    assertTrue(
        refusalWithout("torchscript", "onnx: {source: network.onnx}")
            .contains("\"weights: torchscript\" is missing"));
    assertTrue(
        refusalWithout("torchscript", "torchscript: {}")
            .contains("\"weights: torchscript: source\" is missing"));
    Files.writeString(file, good.replace("posteriorj:", "stardist:"));
    assertTrue(refusal().contains("\"config: posteriorj\" is missing"));
    Files.writeString(file, good.replaceFirst("(?s)config:.*", ""));
    assertTrue(refusal().contains("\"config\" is missing"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sha256                   | sha256: 12                  | no text
          sha256                   | sha256: ''                  | no text
          sigma_min                | sigma_min: tiny             | no positive number
          sigma_min                | sigma_min: 0                | no positive number
          sigma_min                | sigma_min: .nan             | no positive number
          sigma_min                | sigma_min: 100              | smaller than sigma_max
          sigma_max                | sigma_max: -80              | no positive number
          sigma_max                | sigma_max: .inf             | no positive number
          value_range              | value_range: 1              | no list of numbers
          value_range              | value_range: [a, b]         | no list of numbers
          value_range              | value_range: [1, -1]        | two rising numbers
          value_range              | value_range: [-1, 0, 1]     | two rising numbers
          value_range              | value_range: [-.inf, .inf]  | two rising numbers
          size_multiple            | size_multiple: 8.5          | no positive whole number
          size_multiple            | size_multiple: 0            | no positive whole number
          minimum_size             | minimum_size: -1            | no positive whole number
          channels                 | channels: one               | no positive whole number
          gradient_bytes_per_pixel | gradient_bytes_per_pixel: 0 | no positive whole number
          """)
  void aWrongConstantIsNamedWithWhatIsAllowed(String key, String line, String allowed)
      throws IOException {
    String message = refusalWithout(key, line);
    assertTrue(message.contains("\"" + POSTERIORJ + key + "\""), message);
    assertTrue(message.contains(allowed), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "far"})
  void aWrongReachIsNamedToo(String reach) throws IOException {
    Files.writeString(file, good + "    reach: " + reach + "\n");
    String message = refusal();
    assertTrue(message.contains("\"" + POSTERIORJ + "reach\" is no whole number"), message);
  }

  @Test
  void aWrongIntermediateLevelIsNamedToo() throws IOException {
    Files.writeString(file, good + "    intermediate_sigma: -1\n");
    assertTrue(refusal().contains("\"" + POSTERIORJ + "intermediate_sigma\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing but a comment\n", "just text", "- a\n- list\n"})
  void aCardThatIsNoMappingIsSaidToBeNone(String text) throws IOException {
    Files.writeString(file, text);
    assertTrue(refusal().contains("is empty or is no YAML mapping"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name: [unclosed", "name: a\n  b: c: d", "\tname: tab", "a: *nowhere"})
  void aBrokenCardIsSaidToBeNoYaml(String text) throws IOException {
    Files.writeString(file, text);
    assertTrue(refusal().contains("is no valid YAML"));
  }

  @Test
  void aCardThatIsNoTextIsRefusedWithItsName() throws IOException {
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, (byte) 0xff, (byte) 0xfe});
    assertTrue(refusal().contains("is no valid YAML"));
  }

  @Test
  void aCardCannotMakeJavaObjects() throws IOException {
    Path trace = folder.resolve("trace");
    Files.writeString(
        file,
        good.replace("name: Test prior", "name: !!java.io.FileOutputStream ['" + trace + "']"));
    String message = refusal();
    assertTrue(message.contains("is no valid YAML"), message);
    assertFalse(Files.exists(trace));
  }

  @Test
  void aFolderWithoutACardAndNoFolderAtAllAreToldApart() throws IOException {
    Files.delete(file);
    assertTrue(refusal().contains("it has no card rdf.yaml"));
    Path nowhere = folder.resolve("nowhere");
    String message = assertThrows(IOException.class, () -> PriorCard.read(nowhere)).getMessage();
    assertTrue(message.contains(nowhere.toString()), message);
    assertTrue(message.contains("no such folder"), message);
  }
}
