package io.github.posteriorj.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.solver.Automatic;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.solver.MethodSettings;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The qualities that come with the program, and those of a user. */
class QualityTest {

  @TempDir Path folder;

  @Test
  void theUsualQualityIsWhatIsRecommended() throws Exception {
    Automatic usual = (Automatic) Quality.all(folder).find(Quality.USUAL).method();
    assertEquals(LevelLangevin.standard(), usual.atLevel());
    // Beside that, nobody waits for ever.
    Map<String, Object> limit = Map.of("max_gradients", usual.atSigmaMax().maxGradients());
    assertEquals(MethodSettings.with(NoiseSpaceLangevin.standard(), limit), usual.atSigmaMax());
  }

  @Test
  void allThatComeWithTheProgramCanBeSavedAndReadAgain() throws Exception {
    Profiles<Quality> qualities = Quality.all(folder);
    List<String> bundled = qualities.names();
    assertEquals(List.of("preview", "standard", "thorough", "as in the papers"), bundled);
    for (String name : bundled) {
      qualities.save("my " + name, qualities.find(name));
      assertEquals(qualities.find(name), qualities.find("my " + name));
    }
    assertEquals(8, qualities.names().size());
  }

  @Test
  void aQualityWithAKeyThatItsMethodHasNotIsRefused() throws Exception {
    String text =
        "description: d\nsamples: 4\ngeneration_steps: 1\nmethod: {kind: automatic, burn_in: 2}\n";
    Files.writeString(folder.resolve("mine.yaml"), text);
    String message =
        assertThrows(IOException.class, () -> Quality.all(folder).find("mine")).getMessage();
    assertTrue(message.contains("mine.yaml: there is no key \"burn_in\" in method."), message);
  }

  @Test
  void aQualityOfOneSampleIsRefused() throws Exception {
    Profiles<Quality> qualities = Quality.all(folder);
    qualities.save("mine", new Quality("d", 2, 1, NoiseSpaceLangevin.standard()));
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, Files.readString(file).replace("samples: 2", "samples: 1"));
    String message = assertThrows(IOException.class, () -> qualities.find("mine")).getMessage();
    assertTrue(message.contains("samples must be 2 or more, not 1."), message);
  }
}
