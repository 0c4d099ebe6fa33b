package io.github.posteriorj.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordYamlTest {

  private interface Shape {}

  private record Disc(double radiusInPixels) implements Shape {

    Disc {
      if (radiusInPixels < 0) {
        throw new IllegalArgumentException("A radius is not negative.");
      }
    }
  }

  private record Square(int side, Colour colour) implements Shape {}

  private enum Colour implements Labelled {
    DARK_RED("dark red"),
    BLUE("blue");

    private final String label;

    Colour(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  private record Bytes(byte[] values) {}

  private record Drawing(
      String title,
      long seed,
      boolean filled,
      Shape shape,
      Optional<Disc> hole,
      List<Double> grid) {}

  private static final RecordYaml YAML =
      RecordYaml.PLAIN.withKinds(Shape.class, Map.of("disc", Disc.class, "square", Square.class));

  private static final String TEXT =
      """
      title: 'null'
      seed: 12345678901
      filled: true
      shape:
        kind: square
        side: 3
        colour: dark red
      grid:
      - 0.1
      - 1.0E-9
      """;

  private static final Drawing DRAWING =
      new Drawing(
          "null",
          12345678901L,
          true,
          new Square(3, Colour.DARK_RED),
          Optional.empty(),
          List.of(0.1, 1e-9));

  @Test
  void aRecordIsWrittenForPeople() {
    assertEquals(TEXT, YAML.write(DRAWING));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    assertEquals(DRAWING, YAML.read(Drawing.class, TEXT, "text"));
    Drawing other =
        new Drawing(
            "a: \"b\" [c]\nsecond line µ",
            -1,
            false,
            new Disc(1 / 3.0),
            Optional.of(new Disc(Double.MIN_VALUE)),
            List.of());
    assertEquals(other, YAML.read(Drawing.class, YAML.write(other), "text"));
  }

  @Test
  void anotherRecordMayStandForAType() throws IOException {
    record Written(String letters) {}
    record Holder(Bytes bytes) {}
    RecordYaml letters =
        RecordYaml.PLAIN.withSurrogate(
            Bytes.class,
            Written.class,
            new RecordYaml.Surrogate<>() {
              @Override
              public Written of(Bytes value) {
                return new Written(new String(value.values(), US_ASCII));
              }

              @Override
              public Bytes value(Written written) {
                return new Bytes(written.letters().getBytes(US_ASCII));
              }
            });
    String text = letters.write(new Holder(new Bytes(new byte[] {'a', 'b'})));
    assertEquals("bytes:\n  letters: ab\n", text);
    assertEquals('b', letters.read(Holder.class, text, "text").bytes().values()[1]);
  }

  private record Chosen(String name, Map<String, Object> settings) {}

  @Test
  void mapsHoldPlainValuesAndMayBeMissing() throws IOException {
    Chosen some = new Chosen("some", Map.of("levels", 5));
    assertEquals("name: some\nsettings:\n  levels: 5\n", RecordYaml.PLAIN.write(some));
    assertEquals(some, RecordYaml.PLAIN.read(Chosen.class, RecordYaml.PLAIN.write(some), "text"));
    Chosen none = new Chosen("none", Map.of());
    assertEquals("name: none\n", RecordYaml.PLAIN.write(none));
    assertEquals(none, RecordYaml.PLAIN.read(Chosen.class, "name: none", "text"));
    assertThrows(
        IOException.class,
        () -> RecordYaml.PLAIN.read(Chosen.class, "{name: a, settings: [5]}", "text"));
  }

  /** What is written in place of what, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed: 12345678901|seed: 1.5|drawing.yaml: seed must be a whole number; it is \"1.5\".",
        "seed: 12345678901|sead: 1|drawing.yaml: there is no key \"sead\". The keys are: title,",
        "filled: true|filled: 1|drawing.yaml: filled must be true or false; it is \"1\".",
        "filled: true|title: again|drawing.yaml is no valid YAML: ",
        "filled: true|tilled: [|drawing.yaml is no valid YAML: ",
        "kind: square|kind: cube|drawing.yaml: shape has no kind \"cube\". Its kinds are: ",
        "side: 3|side: three|drawing.yaml: shape.side must be a whole number; it is \"three\".",
        "side: 3|length: 3|drawing.yaml: there is no key \"length\" in shape. The keys are: side,",
        "colour: dark red|colour: red|drawing.yaml: shape.colour has no choice \"red\". Its choices"
            + " are: dark red, blue.",
        "- 0.1|- {}|drawing.yaml: grid[0] must be a number; it is \"{}\".",
      })
  void whatIsNoSuchRecordIsRefusedInWords(String there, String written, String message) {
    String text = TEXT.replace(there, written);
    String found =
        assertThrows(IOException.class, () -> YAML.read(Drawing.class, text, "drawing.yaml"))
            .getMessage();
    assertTrue(found.startsWith(message), found);
  }

  @Test
  void whatIsMissingIsNamed() {
    String text = TEXT.replace("  side: 3\n", "");
    assertEquals(
        "drawing.yaml: the key \"shape.side\" is missing.",
        assertThrows(IOException.class, () -> YAML.read(Drawing.class, text, "drawing.yaml"))
            .getMessage());
  }

  @Test
  void whatTheRecordItselfRefusesIsSaidWithItsPlace() {
    String text = TEXT + "hole:\n  radius_in_pixels: -1\n";
    assertEquals(
        "drawing.yaml: hole: A radius is not negative.",
        assertThrows(IOException.class, () -> YAML.read(Drawing.class, text, "drawing.yaml"))
            .getMessage());
  }

  @Test
  void anEmptyTextIsNoRecord() {
    assertEquals(
        "drawing.yaml: the document must hold keys and values; it is empty.",
        assertThrows(IOException.class, () -> YAML.read(Drawing.class, "", "drawing.yaml"))
            .getMessage());
  }
}
