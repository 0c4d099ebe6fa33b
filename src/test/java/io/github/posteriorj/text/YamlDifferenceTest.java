package io.github.posteriorj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlDifferenceTest {

  private static final String JOB =
      """
      measurement: {title: cells, sha256: %s}
      planes: [1, 2]
      seed: 1
      """
          .formatted("a".repeat(64));

  private static List<String> differencesOf(String other) throws IOException {
    return YamlDifference.between(JOB, other, "job.yaml").stream()
        .map(YamlDifference::toString)
        .toList();
  }

  @Test
  void howItIsWrittenMakesNoDifference() throws IOException {
    String written =
        "# by hand\nseed: 1\nplanes:\n- 1\n- 2\nmeasurement:\n  title: 'cells'\n  sha256: "
            + "a".repeat(64);
    assertEquals(List.of(), differencesOf(written));
  }

  @Test
  void valuesAreNamedByTheirPlaces() throws IOException {
    assertEquals(List.of("seed was 1 and is 2"), differencesOf(JOB.replace("seed: 1", "seed: 2")));
    assertEquals(
        List.of("measurement.title was cells and is nuclei", "measurement.sha256 is another one"),
        differencesOf(JOB.replace("cells", "nuclei").replace("aa", "ab")));
    assertEquals(
        List.of("planes[1] was 2 and is 3", "planes[2] was not given and is 4"),
        differencesOf(JOB.replace("[1, 2]", "[1, 3, 4]")));
    assertEquals(List.of("seed was 1 and is not given"), differencesOf(JOB.replace("seed: 1", "")));
    assertEquals(
        List.of("measurement.sha256 was given and is not given"),
        differencesOf(JOB.replaceAll(", sha256: a+", "")));
  }

  @Test
  void whatIsNoYamlIsRefused() {
    String message = assertThrows(IOException.class, () -> differencesOf("a: [")).getMessage();
    assertEquals("job.yaml is no valid YAML: ", message.substring(0, 27));
  }
}
