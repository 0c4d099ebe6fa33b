package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.sampler.SamplerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What examples ask for is enough to tell whether the chains agree: four samples of each chain. */
class ExampleSettingsTest {

  private static final Path MACROS = Path.of("macros/PosteriorJ");
  private static final Pattern RESTORING =
      Pattern.compile("(run\\(|Attempt.run\", )\"Posterior (?!Panel)[^;]*");

  private static List<String> restorations() throws Exception {
    try (Stream<Path> files = Files.list(MACROS)) {
      return Stream.concat(files, Stream.of(Path.of("README.md"), Path.of("docs/commands.md")))
          .map(ExampleSettingsTest::text)
          .flatMap(text -> RESTORING.matcher(text).results().map(found -> found.group()))
          .map(call -> call.lines().limit(3).reduce("", String::concat))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OptionalInt number(String call, String key) {
    Matcher matcher = Pattern.compile("[ \"]" + key + "=(\\d+)").matcher(call);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  @Test
  void examplesAreFound() throws Exception {
    assertTrue(restorations().size() >= 14, restorations()::toString);
  }

  @ParameterizedTest
  @MethodSource("restorations")
  void eachChainGivesFourSamples(String call) {
    int samples = number(call, "samples").orElse(64);
    int chains =
        number(call, "chains").orElseGet(() -> SamplerSettings.standard(samples, 1).chains());
    assertTrue(samples >= 4 * chains, call);
  }
}
