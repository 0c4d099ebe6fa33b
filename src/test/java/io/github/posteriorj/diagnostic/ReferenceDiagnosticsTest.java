package io.github.posteriorj.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The diagnostics of stored draws against ArviZ's of the same draws (make_reference.py). */
class ReferenceDiagnosticsTest {

  /** ArviZ's numbers are stored with twelve digits; both sides compute in double precision. */
  private static final double RELATIVE = 1e-9;

  static Stream<Arguments> cases() throws IOException {
    List<String> draws = lines("draws.csv");
    return lines("arviz.csv").stream()
        .skip(1)
        .map(
            line -> {
              String name = line.substring(0, line.indexOf(','));
              double[][] chains =
                  draws.stream()
                      .filter(row -> row.startsWith(name + ","))
                      .map(ReferenceDiagnosticsTest::numbers)
                      .toArray(double[][]::new);
              return Arguments.of(name, chains, numbers(line));
            });
  }

  private static List<String> lines(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ReferenceDiagnosticsTest.class.getResourceAsStream("/diagnostic/" + file),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void agreesWithArviz(String name, double[][] draws, double[] expected) {
    ChainDiagnostics found = ChainDiagnostics.of(draws);
    if (draws.length > 1) {
      // ArviZ gives no R-hat of one chain.
      assertClose(expected[0], found.rHat(), "R-hat");
    }
    assertClose(expected[1], found.bulkSampleSize(), "bulk ESS");
    assertClose(expected[2], found.tailSampleSize(), "tail ESS");
    assertClose(expected[3], EffectiveSampleSize.of(SplitChains.of(draws)), "ESS of the mean");
    assertClose(expected[4], found.meanError(), "standard error of the mean");
  }

  private static void assertClose(double expected, double found, String what) {
    assertEquals(expected, found, RELATIVE * Math.abs(expected), what);
  }
}
