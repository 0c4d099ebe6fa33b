package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorLibraryTest {

  @TempDir private Path directory;
  private Path own;
  private Path shared;
  private PriorLibrary library;

  @BeforeEach
  void install() throws IOException {
    own = directory.resolve("own");
    shared = directory.resolve("shared");
    for (Path folder :
        List.of(
            own.resolve("nuclei"),
            own.resolve("beads"),
            shared.resolve("nuclei"),
            shared.resolve("actin"))) {
      PriorFolders.writeCard(Files.createDirectories(folder), 8, "hash");
    }
    Files.createDirectories(own.resolve("training"));
    Files.writeString(own.resolve("README.md"), "no folder");
    library = new PriorLibrary(List.of(own, shared, directory.resolve("nowhere")));
  }

  private static String refusal(PriorLibrary library, String name) {
    return assertThrows(IOException.class, () -> library.find(name)).getMessage();
  }

  @Test
  void namesAreThoseOfFoldersWithACardSortedAndEachOnce() {
    assertEquals(List.of("actin", "beads", "nuclei"), library.names());
  }

  @Test
  void theFirstFolderWins() throws IOException {
    assertEquals(own.resolve("nuclei"), library.find("nuclei"));
    assertEquals(shared.resolve("actin"), library.find("actin"));
  }

  @Test
  void aPathIsTakenAnywhere() throws IOException {
    Path elsewhere =
        PriorFolders.writeCard(Files.createDirectories(directory.resolve("else/x")), 8, "hash");
    assertEquals(elsewhere, library.find(elsewhere.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nucleus", "", " ", "training", "README.md", "a\0b", "/nowhere/at/all"})
  void anUnknownNameListsTheOnesThatThereAre(String name) {
    String message = refusal(library, name);
    assertTrue(message.contains("no prior \"" + name + "\""), message);
    assertTrue(message.contains("Installed: actin, beads, nuclei."), message);
  }

  @Test
  void anEmptyInstallationSaysWhereTheyAreExpected() {
    Path models = directory.resolve("nowhere");
    PriorLibrary empty = new PriorLibrary(List.of(models));
    assertEquals(List.of(), empty.names());
    String message = refusal(empty, "nuclei");
    assertTrue(message.contains("No prior is installed at all"), message);
    assertTrue(message.contains(models.toString()), message);
    assertTrue(refusal(new PriorLibrary(List.of()), "nuclei").contains("No prior is installed"));
  }
}
